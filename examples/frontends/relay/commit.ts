import { commitMutation } from 'relay-runtime'
import type { MutationConfig, MutationParameters } from 'relay-runtime'
import { environment } from './environment.ts'

/** Sends a mutation with Relay. @returns The response. */
export function commit<M extends MutationParameters>(config: MutationConfig<M>): Promise<M['response']> {
  return new Promise((resolve, reject) => {
    commitMutation<M>(environment, { ...config, onCompleted: resolve, onError: reject })
  })
}
