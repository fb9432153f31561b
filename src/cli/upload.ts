import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { getMimeType } from 'hono/utils/mime'
import { ParleyError } from '../client/errors.ts'
import type { Destination } from '../client/send.ts'
import { uploadFile } from '../client/upload.ts'
import type { UploadOptions, UploadPayload, UploadTarget } from '../client/upload.ts'
import type { Input } from './command.ts'
import { exit, exitOfError, exitOfOutcome, UsageError } from './exit.ts'
import { progressOf } from './progress.ts'
import { unreadable } from './read-text.ts'
import { serverAddress } from './server-address.ts'
import { StatusLine } from './status-line.ts'

type Problem = UploadPayload['problems'][number]
type Result = UploadPayload | ParleyError

const attempts = 3

/** `parley upload`: sends one file, again only where it surely was not taken. Returns the exit code. */
export async function upload(input: Input): Promise<number> {
  const file = input.arguments[0]!
  const [target, server] = [targetOf(input), serverAddress(input)]
  const size = await sizeOf(file)
  const name = input.getText('name')
  const status = new StatusLine()
  const options: UploadOptions = {
    contentType: input.getText('content-type') ?? getMimeType(name ?? file) ?? 'application/octet-stream',
    idempotencyKey: input.getText('idempotency-key') ?? randomUUID(),
    ...(name === undefined ? {} : { name }),
  }
  for (let attempt = 1; ; attempt += 1) {
    const started = performance.now()
    const onProgress = (sent: number) => status.show(() => progressOf(sent, size, performance.now() - started))
    const result = await attemptUpload(server, file, target, { ...options, onProgress })
    const wait = attempt < attempts ? pauseBefore(result, attempt) : null
    if (wait === null) return tell(result, options.idempotencyKey!, status)
    status.say(`${problemOf(result)?.message ?? 'The file was not sent.'} Retrying.`)
    await pause(wait)
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    await access(file, constants.R_OK)
    const found = await stat(file)
    if (found.isFile()) return found.size
  } catch (error) {
    throw unreadable(file, error)
  }
  throw new UsageError(`${file} is not a file.`)
}

function targetOf(input: Input): UploadTarget {
  const [conferenceId, userId, account] = [input.getText('conference'), input.getText('user'), input.getText('account')]
  if ([conferenceId, userId, account].filter((one) => one !== undefined).length !== 1)
    throw new UsageError('Exactly one of "--conference", "--user", and "--account" is required.')
  if (conferenceId !== undefined) return { conferenceId }
  return userId === undefined ? { account: account! } : { userId }
}

async function attemptUpload(...args: [Destination, string, UploadTarget, UploadOptions]): Promise<Result> {
  try {
    return await uploadFile(...args)
  } catch (error) {
    if (error instanceof ParleyError) return error
    throw error
  }
}

/** Milliseconds; null: not to be tried again. */
function pauseBefore(result: Result, attempt: number): number | null {
  const again = result instanceof ParleyError ? result.retryable : result.outcome === 'NOT_SENT'
  if (!again) return null
  const retryAt = result instanceof ParleyError ? result.retryAt : (result.problems[0]?.retryAt ?? null)
  const wait = retryAt === null ? 1_000 * 2 ** (attempt - 1) : new Date(retryAt).getTime() - Date.now()
  return wait > 60_000 ? null : Math.max(0, wait)
}

const problemOf = (result: Result): Problem | ParleyError | undefined =>
  result instanceof ParleyError ? result : result.problems[0]

function tell(result: Result, key: string, status: StatusLine): number {
  status.clear()
  const problem = problemOf(result)
  if (problem) status.say(`${problem.code}: ${problem.message}`)
  if (!(result instanceof ParleyError)) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  const code = result instanceof ParleyError ? exitOfError(result) : exitOfOutcome(result.outcome)
  if (code === exit.unknown)
    status.say(`It may have arrived. To ask, and to send it only if it has not: --idempotency-key ${key}`)
  return code
}
