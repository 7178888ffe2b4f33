import { Workspace } from '../../editor/index.ts'
import type { Document, WorkspaceOptions } from '../../editor/index.ts'
import type { Span } from '../../grammar/index.ts'

/** A document of a text with a `|` where the cursor is, and perhaps `«…»` around what matters. */
export interface Marked {
  readonly workspace: Workspace
  readonly document: Document
  readonly offset: number
  /** What stands between the marks, in order. */
  readonly spans: readonly Span[]
}

/** Reads a marked text. As `|` is a mark of programs, too, only a single one that stands alone is the cursor. */
export function marked(text: string, options: WorkspaceOptions & Files = {}): Marked {
  let plain = ''
  let offset = 0
  const open: number[] = []
  const spans: Span[] = []
  for (const piece of text.split(/((?<!\|)\|(?!\|)|«|»)/)) {
    if (piece === '|') offset = plain.length
    else if (piece === '«') open.push(plain.length)
    else if (piece === '»') spans.push({ start: open.pop() ?? 0, end: plain.length })
    else plain += piece
  }
  const workspace = new Workspace(options)
  for (const [uri, other] of Object.entries(options.files ?? {})) workspace.update(uri, 1, other)
  const document = workspace.update('file:///garden/main.hocl', 1, plain)
  return { workspace, document, offset, spans: spans.sort((a, b) => a.start - b.start) }
}

/** Other texts that are open. */
interface Files {
  readonly files?: Readonly<Record<string, string>>
}

/** The text of a span, to compare with. */
export function textAt({ text }: Document, { start, end }: Span): string {
  return text.slice(start, end)
}
