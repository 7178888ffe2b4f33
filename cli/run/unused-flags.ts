import { formatOf } from '../../interpreter/index.ts'
import type { InputFormat, OutputFormat } from '../../interpreter/index.ts'
import { UsageError } from '../usage-error.ts'

/** The flags that say how data is read, and what they are for. */
interface DataFlags {
  readonly in?: readonly string[]
  readonly inFormat?: InputFormat
  readonly outFormat?: OutputFormat
  readonly header?: boolean
  readonly separator?: string
}

/** Refuses flags about data that have nothing to act on: whoever gave them meant something. */
export function refuseUnusedFlags(flags: DataFlags): void {
  const { in: inputs = [], inFormat, outFormat, header, separator } = flags
  if (inFormat !== undefined && inputs.length === 0)
    throw new UsageError('`--in-format` is about data, and there is none', 'name it with `--in`')
  const formats = inputs.map((given) => inFormat ?? formatOf(given))
  // What tells no format is complained of by itself.
  const mayReadCsv = formats.some((format) => format === undefined || format === 'csv')
  if (header === false && !mayReadCsv) throw unused('--no-header', 'that is read')
  if (separator !== undefined && !mayReadCsv && outFormat !== 'csv')
    throw unused('--separator', 'that is read or written')
}

function unused(flag: string, what: string): UsageError {
  return new UsageError(
    `\`${flag}\` is about CSV ${what}, and there is none`,
    'leave it out, or say `--in-format csv`',
  )
}
