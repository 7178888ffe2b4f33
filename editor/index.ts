/*
 * What an editor asks of a language: pure functions over a document and a place in it.
 *
 * A `Workspace` holds the texts that are open, each version of one a `Document`; the functions answer for a
 * document and an offset, with spans of its text. Whatever the text, they answer: one that is being typed is
 * wrong most of the time. They know no protocol and no editor: `hocl lsp` and the playground wrap them.
 */
export { Workspace } from './workspace.ts'
export type { WorkspaceOptions } from './workspace.ts'
export { Document } from './document.ts'
export { diagnostics } from './diagnostics.ts'
export type { Finding, Related } from './diagnostics.ts'
export { semanticKinds, semanticTokens } from './semantic-tokens.ts'
export type { SemanticKind, SemanticToken } from './semantic-tokens.ts'
export { hover } from './hover.ts'
export type { Hover, HoverOptions } from './hover.ts'
export { completions } from './completion.ts'
export type { Completion, CompletionKind, Completions } from './completion.ts'
export { signatureHelp } from './signature-help.ts'
export type { SignatureHelp } from './signature-help.ts'
export type { Signature } from './words/prelude.ts'
export type { DeclarationKind } from './names/declaration.ts'
export type { Location } from './meaning.ts'
