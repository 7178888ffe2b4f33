import type { Comment } from './ast.ts'

/** The lines of the `///` comments that stand last between two places, without the marks. */
export function documentation(
  comments: readonly Comment[],
  start: number,
  end: number,
): readonly string[] {
  const lines: string[] = []
  for (let index = firstFrom(comments, end) - 1; index >= 0; index -= 1) {
    const comment = comments[index]
    if (comment === undefined || comment.span.start < start || comment.style !== 'doc') break
    lines.unshift(comment.text.replace(/^\/\/\/ ?/, ''))
  }
  return lines
}

/** The index of the first comment at or after a place. */
export function firstFrom(comments: readonly Comment[], offset: number): number {
  let low = 0
  let high = comments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((comments[middle]?.span.start ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
