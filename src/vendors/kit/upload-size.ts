import { formatCount } from '../../core/format-count.ts'
import { Problem } from '../../core/errors.ts'
import { raceWithAbort } from '../../upstream/race-with-abort.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { Upload } from '../vendor-inputs.ts'

const MiB = 1024 * 1024

interface SizeLimit {
  /** Display name of the vendor. */
  vendor: string
  maxBytes: number
}

/**
 * Returns the bytes of a file, limited to the vendor's maximum.
 *
 * @throws `PAYLOAD_TOO_LARGE` at once if the size is declared. Otherwise while reading, before the limit is exceeded.
 */
export function limitSize(
  { size, bytes }: Pick<Upload, 'size' | 'bytes'>,
  limit: SizeLimit,
): AsyncIterable<Uint8Array> {
  if (size !== null && size > limit.maxBytes) throw createSizeProblem(limit)
  return readLimited(bytes, limit)
}

/**
 * Reads a small file into memory before it is used, so that a slow HTTP client does not block the vendor. The memory counts
 * against the caller's byte budget.
 *
 * @throws `PAYLOAD_TOO_LARGE`
 * @throws The signal's reason, if it aborts, or the error of the byte budget.
 */
export async function withWholeFile<T>(
  file: Pick<Upload, 'size' | 'bytes'>,
  limit: SizeLimit,
  call: CallContext,
  use: (bytes: Buffer) => Promise<T>,
): Promise<T> {
  const memory = call.budget?.reserve(call.caller)
  const read = async (): Promise<Buffer> => {
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of limitSize(file, limit)) {
      size += chunk.length
      chunks.push(chunk)
      memory?.hold(size + chunks.length * chunkOverheadBytes)
    }
    return Buffer.concat(chunks)
  }
  try {
    return await use(await raceWithAbort(read(), call.signal))
  } finally {
    memory?.release()
  }
}

/** Memory that a chunk takes in addition to its bytes. */
const chunkOverheadBytes = 128

async function* readLimited(bytes: AsyncIterable<Uint8Array>, limit: SizeLimit): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > limit.maxBytes) throw createSizeProblem(limit)
    yield chunk
  }
}

function createSizeProblem({ vendor, maxBytes }: SizeLimit): Problem {
  return new Problem(
    'PAYLOAD_TOO_LARGE',
    `"input.file" is too large: ${vendor} accepts at most ${formatCount(maxBytes / MiB)} MiB.`,
    {
      path: ['input', 'file'],
      delivery: 'rejected',
    },
  )
}
