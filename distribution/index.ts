/*
 * One solution on many nodes. Its molecules lie in shards, each of which one node owns at a time; what happens in a
 * shard is a record in its log, and nothing is true that is not there. Molecules go to where they find what they
 * can react with, which the rules tell. It takes programs and gives inert solutions, and knows of the world only
 * what a `Bus` does.
 */
export { Audit } from './audit.ts'
export { Replay } from './replay.ts'
export type { ReplayOptions } from './replay.ts'
export { Blueprint } from './blueprint.ts'
export type { BlueprintOptions } from './blueprint.ts'
export { isName, shardOf, subjects } from './bus.ts'
export type { Bus, StoredRecord } from './bus.ts'
export { PortBus, serveBus } from './port-bus.ts'
export { Cluster, endOf } from './cluster.ts'
export type { ClusterOptions, ClusterOutcome, ClusterProgress } from './cluster.ts'
export {
  InjectionError,
  LogError,
  NobodyError,
  RefusedError,
  RejectedError,
  TooLargeError,
} from './errors.ts'
export { canSyncAlways, guaranteeText } from './guarantee.ts'
export type { ServerFacts } from './guarantee.ts'
export { onOneMachine } from './refusals.ts'
export { ClusterHost } from './cluster-host.ts'
export type { ClusterHostOptions, HostNews } from './cluster-host.ts'
export { halt, isEnd } from './messages.ts'
export { overviewOf, solutionsAt } from './overview.ts'
export type { KnownSolution } from './overview.ts'
export { offersOf, withOffers } from './offers.ts'
export type { Offer } from './offers.ts'
export { rollOf } from './presence.ts'
export type { Presence } from './presence.ts'
export {
  MOST_SHARDS,
  blueprintOf,
  programOf,
  readProgramRecord,
  sliceOf,
} from './program-record.ts'
export type { ProgramRecord } from './program-record.ts'
export { RemoteCluster, cancel } from './remote-cluster.ts'
export type { RemoteClusterOptions } from './remote-cluster.ts'
export { LocalCluster } from './local-cluster.ts'
export type { LocalClusterOptions } from './local-cluster.ts'
export { MemoryBus } from './memory-bus.ts'
export { ClusterNode } from './node.ts'
export type { NodeOptions, NodeStats, Timing } from './node.ts'
export type { Ending } from './failure.ts'
export { cutOf, failureTextOf, statusOf } from './solution-status.ts'
export type { Copies } from './copies.ts'
export type { Cut, SolutionStatus } from './solution-status.ts'
export { eventsOf } from './record.ts'
export type { LogEntry } from './record.ts'
export { readRecord } from './record-codec.ts'
export { placementText } from './placement/show.ts'
export type { Placement, RulePlacement } from './placement/placement.ts'
