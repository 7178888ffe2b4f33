import { UsageError } from '../usage-error.ts'

/** The server that a flag or the surroundings name. */
export function serverUrl(given: string | undefined): string {
  const url = given ?? process.env['NATS_URL']
  if (url === undefined || url === '')
    throw new UsageError(
      'which server?',
      'write `--nats nats://127.0.0.1:4222`, or set the variable NATS_URL',
    )
  return url
}
