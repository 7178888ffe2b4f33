/*
 * Text to syntax tree and back.
 *
 * The grammar turns a `Source` into a `Program` and diagnostics, formats programs, and renders
 * diagnostics for people. It knows neither what a program means nor where a text comes from, and runs
 * wherever JavaScript runs.
 */
export type * from './ast.ts'
export type { Diagnostic, DiagnosticCode, Label, Severity } from './diagnostic.ts'
export { Source, type Position, type Span } from './source.ts'
export { format, formatWidth, type Formatted } from './format.ts'
export { isIncomplete, parse, parseMolecules } from './parse.ts'
export type { ParsedMolecules, ParsedProgram } from './parse.ts'
export { render, renderAll, type RenderOptions } from './render.ts'
export { suggest } from './suggest.ts'
