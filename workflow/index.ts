/*
 * Workflows of applications: a description as data, or a function that awaits what others give, becomes a
 * solution of tasks that `hocl.workflow` runs. Takes descriptions, functions and the host that serves them;
 * gives molecules, results and pictures. It knows no files, no terminal and no network, and never runs a
 * text: the expressions of a function are worked out from its syntax tree.
 */
export type { Adaptation, Argument, Branch, Retry, Task, Workflow } from './description.ts'
export { decentralize } from './decentralize.ts'
export type { DecentralizeOptions, Decentralized } from './decentralize.ts'
export { WorkflowError } from './error.ts'
export type { SourcePlace } from './error.ts'
export { workflowFromJson, workflowToJson } from './json.ts'
export { workflowMolecules, workflowText } from './molecules.ts'
export { resultOf, runWorkflow, workflowRules } from './run.ts'
export type { WorkflowOptions, WorkflowRun } from './run.ts'
export { workflowDot } from './dot.ts'
export type { PictureOptions } from './dot.ts'
export { workflowSvg } from './svg.ts'
export { progressOf } from './states.ts'
export type { Progress, TaskState } from './states.ts'
export { VirtualClock, hostClock } from './clock.ts'
export type { Clock } from './clock.ts'
