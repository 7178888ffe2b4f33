import type { Word } from '../../grammar/index.ts'
import { placeOf } from './context.ts'
import type { Lowering, Site } from './context.ts'
import type { Declared } from './scope.ts'

/** Two definitions of one name in one scope. */
export function reportTwice(
  name: Pick<Word, 'text' | 'span'>,
  before: Declared,
  site: Site,
  lowering: Lowering,
): void {
  lowering.report({
    code: 'HOCL204',
    severity: 'error',
    title: `\`${name.text}\` is defined twice`,
    labels: [
      { ...placeOf(name, site.module.source), text: 'the second definition' },
      { source: before.source, span: before.span, text: 'the first' },
    ],
    hint: 'give one of them another name',
  })
}
