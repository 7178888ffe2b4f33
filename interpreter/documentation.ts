import type { Comment, Definition, Program, Source } from '../grammar/index.ts'

/** What a module says about itself and its definitions. */
export interface Documentation {
  /** The comment at the head of the file. */
  readonly head: string
  /** `///` blocks that stand before the one of the first definition, or where there is no definition. */
  readonly introduction: string
  readonly definitions: readonly DocumentedDefinition[]
}

/** A definition with the comment before it. */
export interface DocumentedDefinition {
  readonly name: string
  /** `add(n)` for one with parameters, else the name. */
  readonly call: string
  /** The definition as written, without its `in`. */
  readonly text: string
  /** The `///` comments before it, without their marks, an empty line between blocks; empty where there are none. */
  readonly comment: string
}

/** Collects the comments of a module. Definitions without a comment are there too. */
export function documentationOf(source: Source, program: Program): Documentation {
  const { definitions, comments } = program
  const docs = comments.filter(({ style }) => style === 'doc')
  let from = headEnd(source, comments)
  let introduction = definitions.length === 0 ? blocksOf(docs, source) : []
  const documented = definitions.map((definition, i) => {
    const before = docs.filter(
      ({ span }) => span.start >= from && span.end <= definition.span.start,
    )
    from = definition.span.end
    const blocks = blocksOf(before, source)
    if (i > 0) return described(definition, blocks, source)
    introduction = blocks.slice(0, -1)
    return described(definition, blocks.slice(-1), source)
  })
  return {
    head: headOf(source, comments),
    introduction: introduction.join('\n\n'),
    definitions: documented,
  }
}

/** The texts of comments; those with an empty line between them are blocks of their own. */
function blocksOf(comments: readonly Comment[], source: Source): readonly string[] {
  const blocks: string[][] = []
  let end = 0
  for (const { text, span } of comments) {
    const gap = source.text.slice(end, span.start)
    const isNext = blocks.length > 0 && /^[^\S\r\n]*(\r\n|\n|\r)[^\S\r\n]*$/.test(gap)
    const line = text.replace(/^\/\/\/ ?/, '').trimEnd()
    if (isNext) blocks.at(-1)?.push(line)
    else blocks.push([line])
    end = span.end
  }
  return blocks.map((lines) => lines.join('\n'))
}

/** A `hocl` block of a `///` comment. */
export interface Example {
  /** What it is about: the name of a definition, or `head`. */
  readonly definition: string
  readonly text: string
}

/** The programs that the comments of a module show. */
export function examplesIn({ introduction, definitions }: Documentation): readonly Example[] {
  return [{ name: 'head', comment: introduction }, ...definitions].flatMap(({ name, comment }) =>
    [...comment.matchAll(/^```hocl[^\S\n]*\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({
      definition: name,
      text,
    })),
  )
}

function described(
  definition: Definition,
  blocks: readonly string[],
  source: Source,
): DocumentedDefinition {
  const { name, parameters } = definition
  const call =
    parameters === undefined
      ? name.text
      : `${name.text}(${parameters.map((p) => p.text).join(', ')})`
  return {
    name: name.text,
    call,
    text: source.slice({ start: definition.span.start, end: definition.body.span.end }),
    comment: blocks.join('\n\n'),
  }
}

/** The first comments, up to an empty line that an import, a definition or a `///` follows. */
function headComments(source: Source, comments: readonly Comment[]): readonly Comment[] {
  const head: Comment[] = []
  let end = 0
  for (const comment of comments) {
    if (comment.style === 'doc' || source.text.slice(end, comment.span.start).trim() !== '') break
    head.push(comment)
    end = comment.span.end
  }
  return head
}

function headEnd(source: Source, comments: readonly Comment[]): number {
  return headComments(source, comments).at(-1)?.span.end ?? 0
}

function headOf(source: Source, comments: readonly Comment[]): string {
  return headComments(source, comments)
    .map(({ text }) =>
      text
        .replace(/^\/\/ ?|^\/\*+\s?|\s*\*+\/$/g, '')
        .replace(/^ \* ?/gm, '')
        .trimEnd(),
    )
    .join('\n')
    .trim()
}
