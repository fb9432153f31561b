import { Problem } from '../../core/errors.ts'
import { raceWithAbort } from '../../upstream/race-with-abort.ts'
import type { CallContext } from '../../upstream/call-context.ts'
import type { Upload } from '../vendor.ts'

const MiB = 1024 * 1024

interface SizeLimit {
  /** The vendor's name, for the message. */
  vendor: string
  maxBytes: number
}

/**
 * Returns the bytes of a file for as long as the vendor accepts them.
 *
 * @throws PAYLOAD_TOO_LARGE at once if the size is known, else while reading, before a byte over the limit is passed on.
 */
export function limitSize(
  { size, bytes }: Pick<Upload, 'size' | 'bytes'>,
  limit: SizeLimit,
): AsyncIterable<Uint8Array> {
  if (size !== null && size > limit.maxBytes) throw createSizeProblem(limit)
  return readLimited(bytes, limit)
}

/**
 * Reads a small file whole, so that a slow client holds nothing at the vendor. Its memory counts as the caller's.
 *
 * @throws PAYLOAD_TOO_LARGE, the reason of the call's signal if it aborts, and what the call's byte budget throws.
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

/** What a chunk takes beside its bytes. */
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
    `${vendor} accepts at most ${(maxBytes / MiB).toLocaleString('en')} MiB here.`,
    {
      path: ['input', 'file'],
      delivery: 'rejected',
    },
  )
}
