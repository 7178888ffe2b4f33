import type { Import, Word } from '../../grammar/index.ts'

/** The name that an import gives to its module, and where it stands. */
export function qualifierOf({ target, alias }: Import): { name: string; span: Word['span'] } {
  if (alias !== undefined) return { name: alias.text, span: alias.span }
  if (target.kind === 'path') {
    const last = target.words.at(-1) ?? target.words[0]
    return { name: last.text, span: last.span }
  }
  const file = target.value.split(/[/\\]/).at(-1) ?? target.value
  return { name: file.replace(/\.hocl$/, ''), span: target.span }
}

/** What an import names: `hocl.sets`, or a path to a file. */
export function targetOf({ target }: Import): string {
  return target.kind === 'path' ? target.words.map(({ text }) => text).join('.') : target.value
}
