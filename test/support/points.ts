import { float, solution, symbol, tuple } from '../../interpreter/index.ts'

/* A host module as a user would write one, with a little of everything. */

export class Point {
  static readonly ORIGIN = new Point(0, 0)
  readonly label = 'point'
  readonly x: number
  readonly y: number

  constructor(x: number, y: number) {
    this.x = x
    this.y = y
  }

  static of(both: number): Point {
    return new Point(both, both)
  }

  get norm(): number {
    return Math.hypot(this.x, this.y)
  }

  dist(other: Point): number {
    return Math.hypot(this.x - other.x, this.y - other.y)
  }

  toHocl(): unknown[] {
    return [this.x, this.y]
  }
}

/** Takes its constructor from the class that it extends. */
export class Near extends Point {
  both(): number {
    return this.x + this.y
  }
}

export const LIMIT = 10
export const pure = ['twice', 'Point.dist', 'same']

export function twice(n: number): number {
  return n * 2
}

export function same(value: unknown): unknown {
  return value
}

export function half(n: number): number {
  return n / 2
}

export function kind(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}

export function table(): unknown {
  return { a: [1, null], b: new Set(['x']) }
}

export function made(): unknown {
  return [tuple(1, 'a', float(2)), solution([symbol('A'), symbol('A')])]
}

export function boom(): never {
  throw new Error('boom')
}

export function lost(): unknown {
  return () => 1
}

export function nan(): number {
  return Number.NaN
}

class Stranger {
  readonly value = 1
}

export function stranger(): unknown {
  return new Stranger()
}

export async function later(n: number): Promise<number> {
  return Promise.resolve(n + 1)
}

export async function never(): Promise<never> {
  return Promise.reject(new Error('no answer'))
}
