import { DiagnosticTag } from 'vscode-languageserver/node'
import type { Connection, Diagnostic } from 'vscode-languageserver/node'
import { diagnostics } from '../diagnostics.ts'
import type { Finding } from '../diagnostics.ts'
import type { Document } from '../document.ts'
import type { Workspace } from '../workspace.ts'
import { rangeOf, severities } from './conversion.ts'

/** After so long without a change, what is wrong is told: not at every key. */
const PAUSE_MILLISECONDS = 80

interface PublisherOptions {
  readonly pageAddress?: (code: string) => string | undefined
  readonly shown: (uri: string) => string
}

/** Tells the editor what is wrong with the texts that are open, each version once. */
export class Publisher {
  readonly #connection: Connection
  readonly #workspace: Workspace
  readonly #options: PublisherOptions
  readonly #told = new Map<string, { version: number; findings: string }>()
  #timer: NodeJS.Timeout | undefined

  constructor(connection: Connection, workspace: Workspace, options: PublisherOptions) {
    this.#connection = connection
    this.#workspace = workspace
    this.#options = options
  }

  /** All texts are looked at again, as one may import another; what has not changed costs nothing. */
  publishSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      for (const document of this.#workspace.open) this.#publish(document)
    }, PAUSE_MILLISECONDS)
  }

  /** A text that is closed has no findings. */
  forget(uri: string): void {
    this.#told.delete(uri)
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] }).catch(() => undefined)
  }

  #publish(document: Document): void {
    const { uri, version } = document
    const found = diagnostics(document).map((each) => this.#diagnostic(document, each))
    const findings = JSON.stringify(found)
    const before = this.#told.get(uri)
    if (before?.version === version && before.findings === findings) return
    this.#told.set(uri, { version, findings })
    void this.#connection
      .sendDiagnostics({ uri, version, diagnostics: found })
      .catch(() => undefined)
  }

  #diagnostic(document: Document, finding: Finding): Diagnostic {
    const { code, severity, message, span, related, isUnused } = finding
    const href = this.#options.pageAddress?.(code)
    const places = related.flatMap(({ uri, span: where, text }) => {
      const other = this.#workspace.document(uri)
      if (other === undefined) return []
      const location = { uri: this.#options.shown(uri), range: rangeOf(other, where) }
      return [{ location, message: text }]
    })
    return {
      range: rangeOf(document, span),
      severity: severities[severity],
      code,
      source: 'hocl',
      message,
      ...(href !== undefined && { codeDescription: { href } }),
      ...(places.length > 0 && { relatedInformation: places }),
      ...(isUnused && { tags: [DiagnosticTag.Unnecessary] }),
    }
  }
}
