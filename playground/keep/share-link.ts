import { Inflate, deflateSync, strFromU8, strToU8 } from 'fflate'
import type { Project } from '../app/starting-project.ts'
import { LONGEST_TEXT, ProjectError, dataOf, projectOf } from './project-data.ts'

/*
 * A link that holds a program: `#v1.` and then the program as JSON, compressed and written in letters that
 * need no escape. Whoever makes such a link can write anything into it, so it is taken apart with bounds.
 */

const VERSION = 'v1'
const LONGEST_LINK = 500_000
/** JSON of a program; a character of its text may take six. */
const MOST_BYTES = 3 * LONGEST_TEXT
/** Compressed bytes that are taken at once, so that no bomb unfolds before it is noticed. */
const PIECE = 1024

/** What follows the address. */
export function fragmentOf(project: Project, view?: string): string {
  const json = strToU8(JSON.stringify(dataOf(project, view)))
  return `#${VERSION}.${toLetters(deflateSync(json, { level: 9 }))}`
}

/** Whether a fragment is meant to hold a program. */
export function isShared(fragment: string): boolean {
  return /^#v\d+\./.test(fragment)
}

/** Throws a `ProjectError` where the link is broken or does not hold a program. */
export function projectIn(fragment: string): Project & { readonly view?: string } {
  const [version, letters = ''] = fragment.replace(/^#/, '').split('.', 2)
  if (version !== VERSION) throw new ProjectError('it was made by a newer playground')
  if (letters.length > LONGEST_LINK) throw new ProjectError('it is too long')
  return projectOf(parsed(inflated(fromLetters(letters))))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ProjectError('it is broken')
  }
}

function inflated(compressed: Uint8Array): string {
  const pieces: Uint8Array[] = []
  let size = 0
  const end = { isReached: false }
  const inflate = new Inflate((piece, isLast) => {
    size += piece.length
    if (size > MOST_BYTES) throw new ProjectError('it is too long')
    pieces.push(piece)
    end.isReached ||= isLast
  })
  try {
    for (let at = 0; at < compressed.length; at += PIECE)
      inflate.push(compressed.subarray(at, at + PIECE), at + PIECE >= compressed.length)
  } catch (error) {
    if (error instanceof ProjectError) throw error
    throw new ProjectError('it is broken')
  }
  if (!end.isReached) throw new ProjectError('it is broken')
  const all = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return strFromU8(all)
}

/** Base 64 without the letters that an address escapes. */
function toLetters(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromLetters(letters: string): Uint8Array {
  if (!/^[\w-]*$/.test(letters)) throw new ProjectError('it is broken')
  try {
    const text = atob(letters.replaceAll('-', '+').replaceAll('_', '/'))
    return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
  } catch {
    throw new ProjectError('it is broken')
  }
}
