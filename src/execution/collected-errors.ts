import type { GraphQLError } from 'graphql'
import type { ResponsePath } from './response-path.ts'

/** Errors of one execution. An error below a value that became null because of an earlier error is left out. */
export class CollectedErrors {
  readonly errors: GraphQLError[] = []
  #nulled: Set<ResponsePath | undefined> | null = null

  /** `path`: the value that becomes null; undefined for the whole result. */
  add(error: GraphQLError, path: ResponsePath | undefined): void {
    const nulled = (this.#nulled ??= new Set())
    for (let part = path; part; part = part.prev) if (nulled.has(part)) return
    if (nulled.has(undefined)) return
    nulled.add(path)
    this.errors.push(error)
  }
}
