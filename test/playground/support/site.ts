import { buildPlayground } from '../../../scripts/build-playground.ts'
import { layers } from '../../../scripts/tools.ts'
import { builtOnce } from '../../support/built.ts'

/** The folder of the built playground; builds it where nobody has yet. */
export function builtSite(): Promise<string> {
  const sources = [...layers, 'docs/codes', 'scripts/build-playground.ts']
  return builtOnce({ name: 'playground', sources, build: buildPlayground })
}
