import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteReader, ByteWriter } from '../../distribution/bytes.ts'
import { LogError } from '../../distribution/errors.ts'
import type { Copies } from '../../distribution/copies.ts'
import { Lot } from '../../distribution/lot.ts'
import { parcelBytes, readParcel } from '../../distribution/messages.ts'
import { readRecord, recordBytes } from '../../distribution/record-codec.ts'
import { eventsOf } from '../../distribution/record.ts'
import type { Commit, LogEntry, Snapshot } from '../../distribution/record.ts'
import {
  exchangeContext,
  fromJson,
  jsonText,
  lowerSource,
  noModules,
  prelude,
  print,
} from '../../interpreter/index.ts'
import type { Molecule } from '../../interpreter/index.ts'
import { Source } from '../../grammar/index.ts'

/*
 * Molecules, parcels and records as bytes: what is read is what was written, and what was cut or altered is noticed.
 */

const int = fc.oneof(
  fc.integer(),
  fc.integer({ min: -3, max: 300 }),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -1, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53 - 1, -(2 ** 53) + 1),
)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '{"tuple":[]}',
    '{"tuple":[1,]}',
    '{"tuple":[-0]}',
    '{"tuple":[01]}',
    '{"tuple":[[}]}',
    '"',
  ),
)
const field = fc.oneof(
  int.map(String),
  fc.json({ maxDepth: 2 }),
  fc.constantFrom(
    '{"symbol":"A"}',
    '{"symbol":"B"}',
    '"a,b"',
    '"\\"]}"',
    '1e3',
    '1.5',
    '99999999999999999999',
  ),
)
const tuple = fc
  .array(field, { minLength: 1, maxLength: 4 })
  .map((each) => `{"tuple":[${each.join(',')}]}`)
const copies = fc.oneof(
  { weight: 5, arbitrary: fc.constant(1) },
  fc.integer({ min: -5, max: 70_000 }).filter((n) => n !== 0),
  fc.constantFrom(Infinity, -Infinity, 2n ** 60n, -(2n ** 60n)),
)
const molecules = fc.array(fc.tuple(fc.oneof(text, tuple, int.map(String)), copies))

function sorted(all: readonly Copies[]): string[] {
  return all.map(([molecule, count]) => `${String(count)} ${typeof count} ${molecule}`).sort()
}

describe('a lot', () => {
  test('holds the molecules that it was made of', () => {
    fc.assert(
      fc.property(molecules, (all) => {
        const lot = Lot.of(all)
        expect(lot.size).toBe(all.length)
        expect(sorted(lot.copies())).toEqual(sorted(all))
        expect(sorted(Lot.from(lot.bytes).confirm().copies())).toEqual(sorted(all))
      }),
    )
  })

  test('gives a machine the molecules that its forms stand for', () => {
    const program = lowerSource(new Source('p', '<>'), { host: prelude, modules: noModules })
    const context = exchangeContext(program, prelude)
    const read = (form: string): Molecule => fromJson(JSON.parse(form), context)
    const forms = [
      ...['A:1', 'A:2', 'A:3'].map((each) => `{"tuple":[{"symbol":"A"},${each.slice(2)}]}`),
      '{"tuple":["the",1]}',
      '{"tuple":["a",{"float":1.5}]}',
      '{"tuple":["b",{"tuple":[1,2]},{"int":"9007199254740993"}]}',
      '7',
      '{"list":[1,2]}',
    ].map((form) => jsonText(read(form)))
    const lot = Lot.of(forms.map((form) => [form, form === '7' ? 3 : 1]))
    const given = [...lot.entries(read)].flatMap((entries) => [...entries])
    expect(given.map(([molecule, count]) => `${print(molecule)} ${String(count)}`).sort()).toEqual(
      forms.map((form) => `${print(read(form))} ${form === '7' ? '3' : '1'}`).sort(),
    )
  })

  test('takes few bytes where molecules are alike', () => {
    const counts = Array.from({ length: 1_000 }, (_, i): Copies => [
      `{"tuple":[${String(i % 200)},${String(i * 7)}]}`,
      1,
    ])
    expect(Lot.of(counts).bytes.length).toBeLessThan(3_100)
    const words = Array.from({ length: 1_000 }, (_, i): Copies => [
      `{"tuple":["word${String(i % 9)}",1]}`,
      1,
    ])
    expect(Lot.of(words).bytes.length).toBeLessThan(1_200)
  })

  test('that is none is refused with a reason, whatever its bytes are', () => {
    fc.assert(
      fc.property(molecules, fc.nat(), fc.nat({ max: 255 }), (all, at, byte) => {
        const { bytes } = Lot.of(all)
        const altered = Uint8Array.from(bytes)
        if (bytes.length > 0) altered[at % bytes.length] = byte
        for (const each of [altered, bytes.subarray(0, at % (bytes.length + 1))])
          try {
            Lot.from(each).confirm().copies()
          } catch (error) {
            expect(error).toBeInstanceOf(LogError)
          }
      }),
    )
    expect(() => Lot.from(new Uint8Array([4, 255, 255, 255, 127, 0, 0, 0, 0])).confirm()).toThrow(
      LogError,
    )
  })
})

test('a parcel is what was sent, or nothing', () => {
  fc.assert(
    fc.property(molecules, fc.nat(), fc.nat({ max: 7 }), (all, at, bit) => {
      const bytes = parcelBytes({ from: 1, to: 300, n: 2 ** 40, molecules: Lot.of(all) })
      const parcel = readParcel(bytes)
      expect(parcel).toMatchObject({ from: 1, to: 300, n: 2 ** 40 })
      expect(sorted(parcel?.molecules.copies() ?? [])).toEqual(sorted(all))
      const altered = Uint8Array.from(bytes)
      const place = at % bytes.length
      altered[place] = (altered[place] ?? 0) ^ (1 << bit)
      expect(readParcel(altered)).toBeUndefined()
      expect(readParcel(bytes.subarray(0, place))).toBeUndefined()
    }),
  )
})

const count = fc.nat({ max: 2 ** 40 })
const checksum = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat({ max: 2 ** 32 - 1 }))
const link = fc.record(
  {
    ...{ epoch: count, before: checksum, snapshot: count, isInert: fc.boolean() },
    ...{ sent: count, received: count, total: count, failure: fc.string() },
  },
  { requiredKeys: ['epoch', 'before', 'snapshot', 'isInert', 'sent', 'received', 'total'] },
)
const pairs = fc.array(fc.tuple(count, count), { maxLength: 4 })
const lot = molecules.map((all) => Lot.of(all))
const arrivals = fc.array(fc.record({ from: count, n: count, molecules: lot }), { maxLength: 3 })
const origin = fc.constantFrom('here' as const, 'made' as const, 'outside' as const)
const departures = fc.array(fc.record({ to: count, n: count, molecules: lot, origin }), {
  maxLength: 3,
})
const commit = fc.record(
  {
    ...{ removed: molecules, added: molecules, injected: molecules, arrivals, departures },
    ...{ areArrivalsTaken: fc.boolean(), confirmed: pairs, reactions: count, checksum },
    injections: fc.array(fc.string()),
  },
  {
    requiredKeys: [
      'removed',
      'added',
      'injected',
      'arrivals',
      'departures',
      'areArrivalsTaken',
      'confirmed',
      'reactions',
      'checksum',
    ],
  },
)
const rest = fc.record({
  ...{ owner: fc.string(), lastSent: pairs, lastReceived: pairs, checksum },
  injections: fc.array(fc.string()),
})
const entry: fc.Arbitrary<LogEntry> = fc.oneof(
  fc.tuple(link, fc.string()).map(([all, node]): LogEntry => ({ kind: 'claim', ...all, node })),
  fc.tuple(link, commit).map(([all, more]): Commit => ({ kind: 'commit', ...all, ...more })),
  fc.tuple(link, molecules, departures, rest).map(([all, held, waiting, last]): Snapshot => ({
    kind: 'snapshot',
    ...all,
    part: 1,
    parts: 2,
    molecules: held,
    waiting,
    rest: last,
  })),
  link.map((all): LogEntry => ({ kind: 'seal', ...all })),
)

/** With molecules in an order of their own, and lots as what is in them. */
function plain(value: unknown): unknown {
  if (value instanceof Lot) return sorted(value.copies())
  if (Array.isArray(value)) {
    const all: unknown[] = value
    const areMolecules =
      all.length > 0 && all.every((each) => Array.isArray(each) && typeof each[0] === 'string')
    return areMolecules ? sorted(all as Copies[]) : all.map(plain)
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]))
}

describe('a record', () => {
  test('says what was written', () => {
    fc.assert(
      fc.property(entry, (written) => {
        expect(plain(readRecord(recordBytes(written)))).toEqual(plain(written))
      }),
    )
  })

  test('of which one bit was altered, or the end is missing, is none', () => {
    fc.assert(
      fc.property(entry, fc.nat(), fc.nat({ max: 7 }), (written, at, bit) => {
        const bytes = recordBytes(written)
        const altered = Uint8Array.from(bytes)
        const place = at % bytes.length
        altered[place] = (altered[place] ?? 0) ^ (1 << bit)
        expect(() => readRecord(altered)).toThrow(LogError)
        expect(() => readRecord(bytes.subarray(0, place))).toThrow(LogError)
      }),
    )
  })

  test('that takes all that arrived tells what of it is still there', () => {
    const common = {
      epoch: 1,
      before: [0, 0, 0, 0],
      snapshot: 0,
      isInert: true,
      checksum: [0, 0, 0, 0],
    } as const
    const events = eventsOf({
      kind: 'commit',
      ...common,
      ...{ sent: 0, received: 1, total: 2, reactions: 2, injected: [], confirmed: [] },
      arrivals: [
        {
          from: 1,
          n: 1,
          molecules: Lot.of([
            ['1', 3],
            ['2', 1],
            ['5', 1],
          ]),
        },
      ],
      areArrivalsTaken: true,
      removed: [['4', 1]],
      added: [
        ['1', 1],
        ['5', 1],
      ],
      departures: [{ to: 2, n: 1, molecules: Lot.of([['9', 1]]), origin: 'made' }],
    })
    expect(sorted(events.removed)).toEqual(
      sorted([
        ['1', 2],
        ['2', 1],
        ['4', 1],
      ]),
    )
    expect(sorted(events.added)).toEqual(sorted([['9', 1]]))
  })
})

test('a number is read as it was written, and not where it is none', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const writer = new ByteWriter()
      writer.count(value)
      expect(new ByteReader(writer.done()).count()).toBe(value)
    }),
  )
  expect(() => new ByteReader(new Uint8Array([255])).count()).toThrow(LogError)
  expect(() => new ByteReader(new Uint8Array(12).fill(255)).count()).toThrow(LogError)
})
