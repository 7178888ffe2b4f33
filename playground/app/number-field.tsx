import type { VNode } from 'preact'
import { useState } from 'preact/hooks'

interface NumberFieldProps {
  readonly value: number | undefined
  readonly min: number
  readonly max?: number
  readonly step?: number | 'any'
  readonly placeholder?: string
  /** Its name, where no label is around it. */
  readonly name?: string
  /** Not a number where nothing is written. */
  readonly onNumber: (value: number) => void
}

/**
 * A number that is taken when it has been written. What is written stays until then, though the page is drawn anew in
 * between, as it is while a program runs.
 */
export function NumberField({ value, name, onNumber, ...given }: NumberFieldProps): VNode {
  const [written, setWritten] = useState<string>()
  return (
    <input
      type="number"
      {...given}
      {...(name !== undefined && { 'aria-label': name })}
      value={written ?? value ?? ''}
      onInput={(event) => {
        setWritten(event.currentTarget.value)
      }}
      onChange={(event) => {
        setWritten(undefined)
        onNumber(event.currentTarget.valueAsNumber)
      }}
    />
  )
}
