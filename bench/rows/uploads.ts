import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { createClient } from '../../src/client/node.ts'
import { ask } from '../harness/client.ts'
import { Load } from '../harness/load.ts'
import { memoryOf } from '../harness/process.ts'
import { sample, type Row } from '../harness/row.ts'

/** iMeet Central allows four concurrent calls. */
const libraries = [...Array<string>(4).fill('imeetcentral'), ...Array<string>(4).fill('imeetcentral-writes')]
const chats = 2
const count = libraries.length + chats
const allowed = 96 + 8 * count
const block = randomBytes(1024 * 1024)

export const uploads: Row = {
  title: `A11: ${count} uploads at once`,
  seconds: 0,
  run: async ({ mib }) => {
    const load = await Load.open()
    const client = createClient({ url: `${load.parley.url}/graphql` })
    const { conferences } = await ask<{ conferences: { nodes: { id: string }[] } }>(
      load.parley.url,
      '{ conferences(first: 100, filter: { accounts: ["zoom"] }) { nodes { id } } }',
    )
    const targets = [
      ...libraries.map((account) => ({ account })),
      ...conferences.nodes.slice(0, chats).map(({ id }) => ({ conferenceId: id })),
    ]
    // Small uploads first, so that the code that every first upload loads does not count.
    await Promise.all(targets.map((target, index) => client.upload(...fileOf(index, 1).arguments(target))))
    const before = memoryOf(load.parley.pid)
    const memory = sample(20, () => memoryOf(load.parley.pid))
    const startedAt = performance.now()
    const files = targets.map((_, index) => fileOf(index, mib))
    const payloads = await Promise.all(files.map((file, index) => client.upload(...file.arguments(targets[index]!))))
    memory.stop()
    const seconds = (performance.now() - startedAt) / 1000
    const arrived = Object.values(await load.vendors.ask('effects'))
      .flat()
      .filter(({ kind }) => kind === 'uploadFile')
      .map(({ detail }) => (detail as { sha256: string }).sha256)
    const equal = files.filter(
      ({ sha256 }, index) =>
        payloads[index]!.outcome === 'SUCCEEDED' &&
        payloads[index]!.file?.sha256 === sha256 &&
        arrived.filter((one) => one === sha256).length === 1,
    ).length
    const added = memory.values.reduce((most, value) => Math.max(most, value)) - before
    const failed = payloads.flatMap(({ outcome, problems }) =>
      outcome === 'SUCCEEDED' ? [] : `${outcome} ${JSON.stringify(problems)}`,
    )
    await load.close()
    return [
      {
        text: `${count} × ${mib} MiB in ${seconds.toFixed(1)} s: ${((count * mib) / seconds).toFixed(0)} MiB/s`,
        holds: null,
      },
      {
        text: `${equal} of ${count} arrived once, with equal sha256 (all)${failed.map((one) => `\n         ${one}`).join('')}`,
        holds: equal === count,
      },
      { text: `memory + ${added.toFixed(0)} MiB (≤ ${allowed})`, holds: added <= allowed },
    ]
  },
}

/** Creates a file of random blocks. Its first block is unique. */
function fileOf(index: number, mib: number) {
  const first = randomBytes(1024 * 1024)
  const hash = createHash('sha256')
  for (let at = 0; at < mib; at++) hash.update(at === 0 ? first : block)
  const bytes = function* () {
    for (let at = 0; at < mib; at++) yield at === 0 ? first : block
  }
  type Arguments = Parameters<ReturnType<typeof createClient>['upload']>
  return {
    sha256: hash.digest('hex'),
    arguments: (target: Arguments[1]): Arguments => [
      Readable.from(bytes(), { objectMode: false, highWaterMark: block.length }),
      target,
      { name: `file-${index}.bin`, size: mib * block.length },
    ],
  }
}
