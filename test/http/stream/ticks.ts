import { buildSchema, type GraphQLObjectType, type GraphQLSchema } from 'graphql'
import { onTestFinished } from 'vitest'
import { Problem } from '../../../src/core/errors.ts'
import type { OperationRequest } from '../../../src/http/operation-execution.ts'
import { startServer, type Harness } from '../harness.ts'

const sdl = `
  type Query { hello: String  text(size: Int!): String  wait: String }
  type Mutation { change: String }
  type Subscription { ticks(reject: String): Tick  other: Tick }
  type Tick {
    number: Int!
    caller: String!
    requestId: String!
    text(size: Int!): String
    hang: String
    broken: String
    call: String
  }
`

interface Tick {
  number: number
}

interface SourceValue {
  ticks: Tick
  other: Tick
}

/** The source of the subscriptions of a test. */
export class Ticks {
  /** Contexts of the `subscribe` calls. */
  readonly subscribed: OperationRequest[] = []
  /** Contexts of the messages. */
  readonly executed: OperationRequest[] = []
  /** Number of source values that were taken, by subscriber. */
  readonly taken: number[] = []
  /** Number of iterators that were ended. */
  returned = 0
  readonly #sent: SourceValue[] = []
  readonly #isShared: boolean
  #hasEnded = false
  #failure: Error | null = null
  #changed = Promise.withResolvers<void>()

  /** @param isShared Whether all subscribers get the same objects. */
  constructor(isShared = false) {
    this.#isShared = isShared
  }

  /** Adds a source value, which every subscriber gets. */
  send(count = 1): void {
    for (let added = 0; added < count; added++) {
      const tick = { number: this.#sent.length + 1 }
      this.#sent.push({ ticks: tick, other: tick })
    }
    this.#notify()
  }

  /** Ends the source of every subscriber. */
  end(failure: Error | null = null): void {
    this.#hasEnded = true
    this.#failure = failure
    this.#notify()
  }

  #notify(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }

  /** Returns an iterator that has the position of a subscriber, and no queue. */
  subscribe(context: OperationRequest): AsyncIterable<SourceValue> {
    const index = this.subscribed.push(context) - 1
    this.taken[index] = 0
    const state = { position: 0, hasReturned: false }
    return {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          while (state.position === this.#sent.length && !this.#hasEnded && !state.hasReturned)
            await Promise.race([
              this.#changed.promise,
              new Promise((resolve) => context.signal.addEventListener('abort', resolve)),
            ])
          if (this.#failure) throw this.#failure
          const value = this.#sent[state.position++]
          if (!value || state.hasReturned) return { done: true, value: undefined }
          this.taken[index]!++
          return { done: false, value: this.#isShared ? value : { ...value } }
        },
        return: async () => {
          if (!state.hasReturned) this.returned++
          state.hasReturned = true
          return { done: true, value: undefined }
        },
      }),
    }
  }

  createSchema(): GraphQLSchema {
    const schema = buildSchema(sdl)
    const fieldsOf = (type: string) => (schema.getType(type) as GraphQLObjectType).getFields()
    const whenAborted = ({ signal }: OperationRequest): Promise<never> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
    fieldsOf('Query')['hello']!.resolve = () => 'hello fixture'
    fieldsOf('Query')['text']!.resolve = (_, { size }) => 'x'.repeat(size as number)
    fieldsOf('Query')['wait']!.resolve = (_source, _args, context) => whenAborted(context as OperationRequest)
    fieldsOf('Mutation')['change']!.resolve = () => 'changed'
    for (const name of ['ticks', 'other'])
      fieldsOf('Subscription')[name]!.subscribe = (_source, { reject }, context) => {
        if (reject === 'late') return Promise.reject(new Problem('INVALID_CURSOR', 'The cursor is not valid.'))
        if (reject === 'broken') throw new Error('secret inside')
        if (reject) throw new Problem('BAD_USER_INPUT', 'This is rejected.')
        return this.subscribe(context as OperationRequest)
      }
    const tick = fieldsOf('Tick')
    tick['caller']!.resolve = (_source, _args, context: OperationRequest) => {
      this.executed.push(context)
      return context.caller.name
    }
    tick['requestId']!.resolve = (_source, _args, context: OperationRequest) => context.requestId
    tick['text']!.resolve = (_source, { size }) => 'x'.repeat(size as number)
    tick['hang']!.resolve = (_source, _args, context) => whenAborted(context as OperationRequest)
    tick['broken']!.resolve = () => {
      throw new Error('secret inside')
    }
    return schema
  }
}

export interface TickServer extends Harness {
  ticks: Ticks
  cuts: string[]
}

interface TickOptions extends NonNullable<Parameters<typeof startServer>[0]> {
  /** Whether all subscribers get the same source values, so that they can share messages. Default: false. */
  isSourceShared?: boolean
}

/** Starts a server with the subscription `ticks`. It is closed when the test has finished. */
export async function startTicks(options: TickOptions = {}): Promise<TickServer> {
  const { limits, isSourceShared = false, ...others } = options
  const ticks = new Ticks(isSourceShared)
  const cuts: string[] = []
  const server = await startServer({
    schema: ticks.createSchema(),
    onCut: (reason) => cuts.push(reason),
    limits: { drainAnnounce: 1, ...limits },
    ...others,
  })
  onTestFinished(() => server.http.close())
  return { ...server, ticks, cuts }
}
