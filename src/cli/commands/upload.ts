import type { Command } from '../command.ts'
import { mutationExitCodes, serverEnvironment, serverOptions } from './shared.ts'

export const upload: Command = {
  name: 'upload',
  summary: 'Upload a file to a conference, user, or account',
  description: `Streams a file to the vendor and prints the payload of the mutation as JSON. The server accepts files of up to 5 GiB, unless its configuration sets another limit. Exactly one of --conference, --user, and --account is required.

Retries the upload up to two times, with the same idempotency key, but only if the file was definitely not uploaded. Does not retry for standard input, which cannot be read twice.`,
  arguments: [{ usage: 'FILE|-', description: 'File to upload. "-" reads standard input and requires --name' }],
  options: {
    conference: { value: 'ID', description: 'Attach the file to this conference' },
    user: { value: 'ID', description: 'Use the file as the avatar of this user' },
    account: { value: 'KEY', description: 'Add the file to the library of this account' },
    name: { value: 'NAME', description: 'Name of the file at the vendor.', default: 'the name of FILE' },
    'content-type': { value: 'TYPE', description: 'Media type.', default: 'derived from the file name' },
    'idempotency-key': {
      value: 'KEY',
      description: 'Idempotency key. Makes it safe to run the command again.',
      default: 'a new key',
    },
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: mutationExitCodes,
  examples: [
    'parley upload minutes.pdf --account imeetcentral',
    'tar -cz minutes | parley upload - --name minutes.tgz --account imeetcentral',
    'parley upload minutes.pdf --conference ID --idempotency-key minutes-2026-11-20',
  ],
  run: async (input) => (await import('../upload.ts')).runUploadCommand(input),
}
