/**
 * What happens, for a reader that takes its time: up to `capacity` things wait for it. When more come, the
 * oldest are dropped and counted in `lost`, so that nobody who listens can hold up a reaction.
 */
export class Stream<T> implements AsyncIterableIterator<T> {
  readonly #capacity: number
  readonly #onClose: () => void
  #items: T[] = []
  #first = 0
  #reader: ((result: IteratorResult<T>) => void) | undefined
  #isClosed = false
  /** How many were dropped because the reader was late. */
  lost = 0

  constructor(capacity: number, onClose: () => void) {
    if (!Number.isSafeInteger(capacity) || capacity < 1)
      throw new RangeError(`a stream holds 1 or more, not ${String(capacity)}`)
    this.#capacity = capacity
    this.#onClose = onClose
  }

  put(item: T): void {
    if (this.#isClosed) return
    const reader = this.#reader
    if (reader !== undefined) {
      this.#reader = undefined
      reader({ done: false, value: item })
      return
    }
    this.#items.push(item)
    if (this.#items.length - this.#first > this.#capacity) {
      this.#drop()
      this.lost++
    }
  }

  /** What is there already, so many at most. */
  waiting(most: number): readonly T[] {
    const items: T[] = []
    while (items.length < most && this.#first < this.#items.length) {
      items.push(this.#items[this.#first] as T)
      this.#drop()
    }
    return items
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#first < this.#items.length) {
      const value = this.#items[this.#first] as T
      this.#drop()
      return Promise.resolve({ done: false, value })
    }
    if (this.#isClosed) return Promise.resolve({ done: true, value: undefined })
    if (this.#reader !== undefined)
      return Promise.reject(new Error('somebody already waits for the next of this stream'))
    return new Promise((resolve) => {
      this.#reader = resolve
    })
  }

  return(): Promise<IteratorResult<T>> {
    this.#items = []
    this.close()
    return Promise.resolve({ done: true, value: undefined })
  }

  /** Nothing more comes; what is there can still be read. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#onClose()
    this.#reader?.({ done: true, value: undefined })
    this.#reader = undefined
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #drop(): void {
    this.#first++
    if (this.#first * 2 < this.#items.length) return
    this.#items = this.#items.slice(this.#first)
    this.#first = 0
  }
}
