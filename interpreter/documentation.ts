import type { Comment, Definition, Program, Source } from '../grammar/index.ts'

/** What a module says about itself and its definitions. */
export interface Documentation {
  /** The comment at the head of the file. */
  readonly head: string
  readonly definitions: readonly DocumentedDefinition[]
}

/** A definition with the comment before it. */
export interface DocumentedDefinition {
  readonly name: string
  /** `add(n)` for one with parameters, else the name. */
  readonly call: string
  /** The definition as written, without its `in`. */
  readonly text: string
  /** The `///` comments before it, without their marks; empty where there are none. */
  readonly comment: string
}

/** Collects the comments of a module. Definitions without a comment are there too. */
export function documentationOf(source: Source, program: Program): Documentation {
  const { definitions, comments } = program
  let from = headEnd(source, comments)
  const documented = definitions.map((definition) => {
    const before = comments.filter(
      ({ style, span }) =>
        style === 'doc' && span.start >= from && span.end <= definition.span.start,
    )
    from = definition.span.end
    return described(definition, before, source)
  })
  return { head: headOf(source, comments), definitions: documented }
}

/** A `hocl` block of a `///` comment. */
export interface Example {
  readonly definition: string
  readonly text: string
}

/** The programs that the comments of a module show. */
export function examplesIn({ definitions }: Documentation): readonly Example[] {
  return definitions.flatMap(({ name, comment }) =>
    [...comment.matchAll(/^```hocl[^\S\n]*\n([\s\S]*?)^```$/gm)].map(([, text = '']) => ({
      definition: name,
      text,
    })),
  )
}

function described(
  definition: Definition,
  comments: readonly Comment[],
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
    text: source.slice(definition.span).replace(/\s*\bin$/, ''),
    comment: comments.map(({ text }) => text.replace(/^\/\/\/ ?/, '').trimEnd()).join('\n'),
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
