import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node'
import type { CancellationToken, Connection, InitializeParams } from 'vscode-languageserver/node'
import type { Check, Host } from '../../interpreter/index.ts'
import type { Document } from '../document.ts'
import type { Workspace } from '../workspace.ts'

/** What the world gives to a language server. */
export interface ServerOptions {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
  readonly version: string
  /** What programs may call, beside the prelude. */
  readonly host?: Host
  /** What else to look for in programs. */
  readonly checks?: readonly Check[]
  /** The page about a code, in Markdown, and where it can be opened. */
  readonly page?: (code: string) => string | undefined
  readonly pageAddress?: (code: string) => string | undefined
}

/** What the answers share: the texts, and what the client has said of itself. */
export interface Session {
  readonly connection: Connection
  readonly workspace: Workspace
  readonly options: ServerOptions
  readonly capabilities: () => InitializeParams['capabilities']
  /** The document at an address as it is now. */
  readonly document: (uri: string) => Document | undefined
  /** An address that the client can open. */
  readonly shown: (uri: string) => string
  /** Reads all programs of the folders, so that their uses of a name are known. */
  readonly readAll: () => void
}

/** An answer, or the refusal of a question that nobody waits for any more. */
export function unlessCancelled<T>(token: CancellationToken, answer: () => T): T {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'the request was cancelled')
  return answer()
}
