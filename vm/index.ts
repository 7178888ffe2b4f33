/*
 * The same meaning as the interpreter's, compiled: rules become match plans, plans become closures over
 * indexed stores, and a worklist activates each molecule once. It takes lowered programs and gives
 * reactions and inert solutions. It knows no files, no terminal and no network, and never asks the
 * reference what to do.
 */
export { Machine } from './machine.ts'
export { activeMolecules } from './active.ts'
export type { ApartUse, MachineOptions } from './machine-options.ts'
export { ShapeTable } from './workers/shape-table.ts'
export { perform } from './workers/perform.ts'
export type { PerformOptions } from './workers/perform.ts'
export type { ApartMachine, MakeApart } from './workers/apart.ts'
export type { ApartReport } from './workers/set-aside.ts'
export type { Answer, Task, Ways, Workers } from './workers/port.ts'
export type { Parcel } from './workers/parcel.ts'
export type { KernelReport, KernelUse } from './kernels/kernels.ts'
export type { CodeGeneration } from './head-search.ts'
export type { KernelName } from './kernels/kernel.ts'
export { planChecks } from './plan/cliffs.ts'
export { planText, plansOf } from './plan/show.ts'
export type { RulePlan } from './plan/show.ts'
export { Simulation } from './kinetics/simulation.ts'
export type { Sampling, SimulationOptions } from './kinetics/simulation.ts'
export type { SimulationMethod } from './kinetics/dynamics.ts'
export { CountsOverTime } from './kinetics/counts.ts'
export type { Columns, CountsRow } from './kinetics/counts.ts'
export { asynchronousCalls, laterCalls } from './kinetics/asynchronous.ts'
export type { LaterCall } from './kinetics/asynchronous.ts'
export {
  ConversionError,
  HostCallError,
  call,
  copies,
  listOf,
  rule,
  solutionOf,
  spread,
  tupleOf,
  v,
  JsSolution,
  JsTuple,
  float,
  fromJS,
  hostFunction,
  symbol,
  toJS,
} from '../interpreter/index.ts'
export type {
  RuleDescription,
  FromJS,
  JsValue,
  ToJS,
  AnswerOf,
  AnswerTypes,
  AnyClass,
  ArgumentOf,
  ArgumentTypes,
  Backoff,
  CallArguments,
  CallContext,
  CallFailureReason,
  CallOptions,
  CallPolicy,
  DeclaredFunction,
  FunctionDeclaration,
  HostType,
  Retry,
  Timer,
} from '../interpreter/index.ts'
export { difference } from '../interpreter/index.ts'
export type { Difference } from '../interpreter/index.ts'
export { Reactor } from './reactor/reactor.ts'
export type {
  ReactionsOptions,
  ReactorOptions,
  ReactorStats,
  RestoreOptions,
  WaitOptions,
} from './reactor/reactor.ts'
export type { Past } from './reactor/history.ts'
export { SnapshotError } from './snapshot/error.ts'
export type { SnapshotProblem } from './snapshot/error.ts'
export type { Plain } from './snapshot/plain.ts'
export type { Restorable, Snapshot } from './snapshot/snapshot.ts'
export { Program, ProgramError, parse } from './reactor/program.ts'
export type { ProgramOptions } from './reactor/program.ts'
export { warningsOf } from './reactor/warnings.ts'
export type { Stream } from './reactor/stream.ts'
export { WorkerReactor } from './remote/worker-reactor.ts'
export type {
  WorkerReactorOptions,
  WorkerReactorParts,
  WorkerRestoreOptions,
} from './remote/worker-reactor.ts'
export { serveReactor } from './remote/serve.ts'
export type { LoadModule } from './remote/serve.ts'
export type { Port, WorkerPort } from './remote/port.ts'
export { Molecules, hocl } from './reactor/template.ts'
export { Table, table } from '../interpreter/index.ts'
export type { FieldValues } from '../interpreter/index.ts'
export { pause } from './pause.ts'
