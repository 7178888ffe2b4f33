import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checksumOf } from '../../distribution/checksum.ts'
import { addCopies } from '../../distribution/copies.ts'
import type { Amounts } from '../../distribution/copies.ts'
import { Lot } from '../../distribution/lot.ts'
import { LotsByHome } from '../../distribution/lots-by-home.ts'
import { Homes } from '../../distribution/placement/homes.ts'
import { wideSort } from '../../distribution/placement/placement.ts'
import type { Placement } from '../../distribution/placement/placement.ts'
import type { KeyPlace } from '../../distribution/placement/rule-keys.ts'
import { sortOf } from '../../distribution/placement/sorts.ts'
import { Source } from '../../grammar/index.ts'
import {
  Float,
  List,
  SolutionValue,
  Tuple,
  exchangeContext,
  jsonText,
  lowerSource,
  noModules,
  prelude,
  symbol,
} from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'

/*
 * A home is read off the text of a molecule: it is where the molecule itself says.
 */

const SHARDS = 1_000

const placement: Placement = {
  ...{ rules: [], everywhere: [], isCentral: undefined, mayReactOnTheWay: true, lendsUnits: false },
  keys: new Map<string, KeyPlace | 'central'>([
    ['A/2', 1],
    ['A/3', 'central'],
    ['Été_9/2', 1],
    ['tuple/2', 0],
    [wideSort(3), 2],
    [wideSort(4), 'whole'],
    ['string', 'central'],
    ['list', 'whole'],
  ]),
}
const program = lowerSource(new Source('p.hocl', '<1>'), { host: prelude, modules: noModules })
const homes = new Homes({
  ...{ placement, shards: SHARDS, lendsUnits: false },
  context: exchangeContext(program, prelude),
})

const { molecule } = fc.letrec<{ readonly atom: Molecule; readonly molecule: Molecule }>((tie) => ({
  atom: fc.oneof(
    fc.integer(),
    fc.bigInt({ min: 2n ** 60n, max: 2n ** 70n }),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => new Float(value)),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('a,b', '"', '\\', ']}', '{"symbol":"A"}', '{"tuple":[1,2]}'),
    fc.constantFrom('A', 'B', 'Été_9').map(symbol),
  ),
  molecule: fc.oneof(
    { depthSize: 'small' },
    tie('atom'),
    fc.array(tie('molecule'), { minLength: 2, maxLength: 5 }).map((fields) => new Tuple(fields)),
    fc.array(tie('molecule'), { maxLength: 3 }).map((items) => new List(items)),
    fc
      .array(tie('molecule'), { maxLength: 3 })
      .map((all) => SolutionValue.of(all.map((each) => [each, 1]))),
  ),
}))

function spread(text: string): number {
  return checksumOf(text)[0] % SHARDS
}

/** As a molecule is placed by what it is. */
function homeOf(molecule: Molecule, first: 'first' | 'last'): number {
  const fields = typeof molecule === 'object' && molecule.kind === 'tuple' ? molecule.fields : []
  const key =
    placement.keys.get(sortOf(molecule)) ?? placement.keys.get(wideSort(fields.length)) ?? 'whole'
  if (key === 'central') return first === 'first' ? spread(jsonText(molecule)) : 0
  return spread(jsonText(key === 'whole' ? molecule : (fields[key] ?? 0)))
}

describe('a molecule', () => {
  test('is at home where its key says, or all that it is', () => {
    fc.assert(
      fc.property(molecule, (each) => {
        expect(homes.of(jsonText(each))).toBe(homeOf(each, 'last'))
      }),
      { numRuns: 2_000 },
    )
  })

  test('from outside comes there at once, and is shared out where that is one shard', () => {
    fc.assert(
      fc.property(molecule, (each) => {
        expect(homes.firstOf(jsonText(each))).toBe(homeOf(each, 'first'))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('many molecules', () => {
  const sizes = { bytes: 200, molecules: 4 }
  const entries = fc.array(fc.tuple(molecule, fc.integer({ min: -2, max: 3 })), { maxLength: 40 })

  test('are sorted by where they go, and come out as they came in', () => {
    fc.assert(
      fc.property(entries, (all) => {
        const sorted = new LotsByHome(homes, sizes)
        const lots = all.flatMap((entry) => sorted.add(entry) ?? [])
        lots.push(...sorted.rest())
        const found: Amounts = new Map()
        for (const { to, molecules } of lots) {
          expect(molecules.size).toBeLessThanOrEqual(sizes.molecules)
          // As whoever gets it reads it.
          for (const [text, copies] of Lot.from(molecules.bytes).confirm().copies()) {
            expect(homes.firstOf(text)).toBe(to)
            addCopies(found, text, copies)
          }
        }
        const expected: Amounts = new Map()
        for (const [each, copies] of all) addCopies(expected, jsonText(each), copies)
        expect(found).toEqual(expected)
      }),
      { numRuns: 1_000 },
    )
  })
})
