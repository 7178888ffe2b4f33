/* `node scripts/check.ts lint`: one static check, with what it prints. */
import { run, staticChecks } from './tools.ts'

const [name] = process.argv.slice(2)
const check = staticChecks.find((candidate) => candidate.name === name)
if (check === undefined) {
  console.error(`Name one of ${staticChecks.map((candidate) => candidate.name).join(', ')}.`)
  process.exitCode = 2
} else {
  for (const command of check.commands) {
    const { succeeded } = await run(command, { show: true })
    if (!succeeded) process.exitCode = 1
  }
}
