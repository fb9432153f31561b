import type { GraphQLError } from 'graphql'
import type { ResponsePath } from './response-path.ts'

/** Errors of one execution. Errors below a value that became null because of an earlier error are omitted. */
export class CollectedErrors {
  readonly errors: GraphQLError[] = []
  #nulled: Set<ResponsePath | undefined> | null = null

  /** @param path Path of the value that becomes null. Undefined if the whole result becomes null. */
  add(error: GraphQLError, path: ResponsePath | undefined): void {
    const nulled = (this.#nulled ??= new Set())
    for (let part = path; part; part = part.prev) if (nulled.has(part)) return
    if (nulled.has(undefined)) return
    nulled.add(path)
    this.errors.push(error)
  }
}
