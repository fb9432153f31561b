import { expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { formatHelp } from '../../src/cli/help.ts'
import { run } from './run.ts'

test.each(commands)('prints the help of $name', async (command) => {
  const words = command.name.split(' ')
  const printed = { code: 0, stdout: formatHelp(command), stderr: '' }
  expect(await run([...words, '--help'])).toEqual(printed)
  expect(await run(['help', ...words])).toEqual(printed)
})
