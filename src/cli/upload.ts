import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { getMimeType } from 'hono/utils/mime'
import { ParleyError } from '../client/errors.ts'
import type { ServerTarget } from '../client/destination.ts'
import { uploadFile } from '../client/node/upload.ts'
import type { UploadOptions } from '../client/node/upload.ts'
import type { UploadPayload, UploadTarget } from '../client/upload.ts'
import type { CommandLine } from './command.ts'
import { exit, getExitCodeOfError, getExitCodeOfOutcome, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import { formatProgress } from './progress.ts'
import { formatUnknownOutcome } from './rerun.ts'
import { getServerAddress } from './server-address.ts'
import { StatusLine } from './status-line.ts'
import { openUploadInput } from './upload-input.ts'
import type { UploadInput } from './upload-input.ts'

type UploadResult = UploadPayload | ParleyError
type PayloadProblem = UploadPayload['problems'][number] | ParleyError

const maxAttempts = 3

/** `parley upload`: sends one file. Retries only if the file was definitely not uploaded. Returns the exit code. */
export async function runUploadCommand(input: CommandLine): Promise<number> {
  const [target, server] = [parseUploadTarget(input), getServerAddress(input)]
  const name = input.getOption('name')
  const file = await openUploadInput(input.arguments[0]!, name)
  const status = new StatusLine()
  const signal = listenForInterruption()
  const idempotencyKey = input.getOption('idempotency-key') ?? randomUUID()
  const options: UploadOptions = {
    contentType:
      input.getOption('content-type') ?? getMimeType(name ?? input.arguments[0]!) ?? 'application/octet-stream',
    idempotencyKey,
    signal,
    ...(name === undefined ? {} : { name }),
  }
  for (let attempt = 1; ; attempt += 1) {
    const result = await tryUpload(server, file, target, options, status)
    status.clear()
    if (signal.aborted) status.printLine('Interrupted.')
    const delay = !signal.aborted && file.isRepeatable && attempt < maxAttempts ? computeDelay(result, attempt) : null
    if (delay === null) return printResult(signal.aborted ? null : result, idempotencyKey, status)
    status.printLine(`${getProblem(result)?.message ?? 'The file was not sent.'} Retrying.`)
    await pause(delay, undefined, { signal }).catch(() => {})
    if (signal.aborted) return signal.reason as number
  }
}

function parseUploadTarget(input: CommandLine): UploadTarget {
  const [conferenceId, userId, account] = [
    input.getOption('conference'),
    input.getOption('user'),
    input.getOption('account'),
  ]
  if ([conferenceId, userId, account].filter((value) => value !== undefined).length !== 1)
    throw new UsageError('Exactly one of "--conference", "--user", and "--account" is required.')
  if (conferenceId !== undefined) return { conferenceId }
  return userId === undefined ? { account: account! } : { userId }
}

async function tryUpload(
  server: ServerTarget,
  { source, sizeBytes }: UploadInput,
  target: UploadTarget,
  options: UploadOptions,
  status: StatusLine,
): Promise<UploadResult> {
  const startedAt = performance.now()
  const onProgress = (sent: number) => status.show(() => formatProgress(sent, sizeBytes, performance.now() - startedAt))
  try {
    return await uploadFile(server, source, target, { ...options, onProgress })
  } catch (error) {
    if (error instanceof ParleyError) return error
    if (options.signal?.aborted) return new ParleyError('UPLOAD_ABORTED', 'Interrupted.', { outcomeUnknown: true })
    throw error
  }
}

/** Returns the pause before the next attempt in milliseconds. Null if the upload must not be retried. */
function computeDelay(result: UploadResult, attempt: number): number | null {
  const isRetryable = result instanceof ParleyError ? result.retryable : result.outcome === 'NOT_SENT'
  if (!isRetryable) return null
  const retryAt = getProblem(result)?.retryAt ?? null
  const delay = retryAt === null ? 1_000 * 2 ** (attempt - 1) : new Date(retryAt).getTime() - Date.now()
  return delay > 60_000 ? null : Math.max(0, delay)
}

const getProblem = (result: UploadResult): PayloadProblem | undefined =>
  result instanceof ParleyError ? result : result.problems[0]

/** Prints the result. `result` is null after an interruption. Returns the exit code. */
function printResult(result: UploadResult | null, idempotencyKey: string, status: StatusLine): number {
  const problem = result && getProblem(result)
  if (problem) status.printLine(`${problem.code}: ${problem.message}`)
  if (result && !(result instanceof ParleyError)) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  const code =
    result instanceof ParleyError ? getExitCodeOfError(result) : getExitCodeOfOutcome(result?.outcome ?? 'UNKNOWN')
  if (code === exit.unknown) status.printLine(formatUnknownOutcome([idempotencyKey], idempotencyKey))
  return code
}
