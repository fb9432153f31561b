import { Problem } from '../core/errors.ts'
import { shaped } from './answer.ts'
import { ReadsSpent, type Call } from './call.ts'
import type { Client, WriteOptions } from './client.ts'
import { Base } from './path.ts'
import { Replay } from './replay.ts'
import { readRequest, writeRequest, type Request } from './request.ts'
import type { Requests } from './requests.ts'
import { readAttempts, writeAttempts } from './retry.ts'

/** Makes what a vendor's code sends its requests with. */
export function createClient(account: string, api: Base, requests: Requests): Client {
  return {
    get: (path, { query, shape, limit = '', once = false }, call) => {
      const target = api.createTarget(path, query)
      const key = `${account} ${target.path}`
      const known = once ? undefined : call.readCache.get(key)
      if (known) return known as Promise<never>
      if (call.readsLeft <= 0) return Promise.reject(new ReadsSpent())
      call.readsLeft--
      const attemptsFor = once ? writeAttempts : readAttempts
      const result = requests.ask(readRequest(target, limit, once), call, attemptsFor, (answer) =>
        shaped(shape, answer),
      )
      if (!once) call.readCache.set(key, result)
      return result
    },
    send: async <T>(
      method: Request['method'],
      path: Parameters<Client['send']>[1],
      write: WriteOptions<T>,
      call: Call,
    ) => {
      const base = write.base === undefined ? api : new Base(write.base)
      const request = writeRequest(method, base.createTarget(path, write.query), write, call)
      const harmless = (error: unknown): never => {
        throw write.effect === false && error instanceof Problem ? error.harmless() : error
      }
      if (write.effect !== false) call.writesStarted++
      // What was read before may not be so any more; a lost answer proves nothing, so also where it failed.
      const result = await requests
        .ask(request, call, writeAttempts, (answer) => {
          // Done, whatever may be wrong with the answer's body.
          if (write.effect !== false) call.writesSucceeded++
          return write.shape ? shaped(write.shape, answer) : undefined
        })
        .catch(harmless)
        .finally(() => {
          call.forgetReads()
          if (request.body instanceof Replay) request.body.close()
        })
      return result as T
    },
  }
}
