import { Problem } from '../errors.ts'

/** The reads of a mutation: whatever becomes of one, it did nothing at the vendor. */
export class HarmlessReads extends Map<string, Promise<unknown>> {
  override set(url: string, reading: Promise<unknown>): this {
    // Attached before whoever asked can see the failure, so that they see it so marked.
    reading.catch((error: unknown) => void (error instanceof Problem && error.harmless()))
    return super.set(url, reading)
  }
}
