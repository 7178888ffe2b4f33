import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { doors, publicNames } from '../../scripts/doors.ts'
import { root } from '../../scripts/tools.ts'

/*
 * What the package promises, listed door by door. A change of a listing is a change of the promise and
 * is read like code: `npm run api` writes the listings anew.
 */

// Each node of the tree says its shape by its fields, and its grammar stands in the language reference.
const withoutComments = ['grammar/ast.ts']

// `hocl` and `hocl/vm` are the same door.
const listed = publicNames(
  doors().filter(({ file }, i, all) => all.findIndex((door) => door.file === file) === i),
)

test.each(doors())('$name has a source file', ({ file }) => {
  expect(existsSync(join(root, file)), file).toBe(true)
})

describe.each([...listed])('$name', (door, names) => {
  test('exports what its listing says', async () => {
    const listing = names.map(({ name, kind }) => `${name}: ${kind}\n`).join('')
    await expect(listing).toMatchFileSnapshot(`${door.name.replace('/', '-')}.txt`)
  })

  test('says of each exported name what it is', () => {
    const silent = names.filter(
      ({ hasComment, file }) => !hasComment && !withoutComments.includes(file),
    )
    expect(silent.map(({ name, file }) => `${name} in ${file}`)).toEqual([])
  })
})
