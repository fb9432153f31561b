import { execFileSync } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const { O_NONBLOCK, O_RDONLY, O_WRONLY } = constants

/** A pipe whose reader a test controls. The pipes that Node creates for a child process are sockets. */
export class NamedPipe {
  readonly #folder = mkdtempSync(join(tmpdir(), 'parley-pipe-'))
  readonly path = join(this.#folder, 'pipe')
  #reader: number | null = null

  /** Creates a pipe with a reader. */
  constructor() {
    execFileSync('mkfifo', [this.path])
    this.openReader()
  }

  openReader(): void {
    this.#reader = openSync(this.path, O_RDONLY | O_NONBLOCK)
  }

  closeReader(): void {
    if (this.#reader !== null) closeSync(this.#reader)
    this.#reader = null
  }

  /** Returns the text in the pipe. */
  read(): string {
    const buffer = Buffer.alloc(1024 * 1024)
    try {
      return buffer.toString('utf8', 0, readSync(this.#reader!, buffer))
    } catch (error) {
      if (isBusy(error)) return ''
      throw error
    }
  }

  /** Writes until the pipe is full. */
  fill(): void {
    const writer = openSync(this.path, O_WRONLY | O_NONBLOCK)
    try {
      for (;;) writeSync(writer, '\n'.repeat(4096))
    } catch (error) {
      if (!isBusy(error)) throw error
    } finally {
      closeSync(writer)
    }
  }

  dispose(): void {
    this.closeReader()
    rmSync(this.#folder, { recursive: true })
  }
}

function isBusy(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EAGAIN'
}
