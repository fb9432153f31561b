import { randomInt } from 'node:crypto'
import { post } from './client.ts'
import { now } from './clock.ts'
import { startProcess, type ServerProcess, type ProcessOptions } from '../../test/support/server.ts'
import { judge, ReadBook, type Read, type Reads, type Verdict } from './reads.ts'
import type { AccountPlan } from './vendor-account.ts'
import { startVendors, type Vendors } from './vendors.ts'
import { discrepancies, effectName, WrittenAccount, type ReportedWrite } from './writes.ts'

export const readAccounts = ['imeetcentral', 'trueconf', 'zoom'] as const
const writtenAccounts = readAccounts.map((key) => `${key}-writes`)
/** iMeet Central allows four concurrent calls. The other vendors get more of the load. */
const weights: Record<string, number> = { imeetcentral: 1, trueconf: 6, zoom: 6 }

/** A read whose response has arrived, with times of the shared clock. */
export interface Done {
  kind: keyof Reads
  read: Read
  due: number
  ended: number
  verdict: Verdict
}

export interface LoadOptions extends ProcessOptions {
  /** Further settings, such as `limits`. */
  configuration?: object
  /** Lifetime of a token in seconds. */
  tokenLife?: number
  /** Arguments of Node for the process of the vendors. */
  vendorsNode?: readonly string[]
}

/** The load of acceptance row A1, with vendors whose data are known. */
export class Load {
  readonly parley: ServerProcess
  readonly vendors: Vendors
  readonly reads: Reads
  readonly #written: WrittenAccount[]
  readonly done: Done[] = []
  /** Time at which each write ended, with its duration. */
  readonly writeTimes: { kind: 'mutation' | 'upload'; due: number; ended: number }[] = []

  private constructor(parley: ServerProcess, vendors: Vendors, reads: Reads, written: WrittenAccount[]) {
    this.parley = parley
    this.vendors = vendors
    this.reads = reads
    this.#written = written
  }

  /** Starts everything, with healthy and fast vendors. */
  static async open({ configuration, tokenLife = 3600, vendorsNode, ...options }: LoadOptions = {}): Promise<Load> {
    const vendors = startVendors(vendorsNode)
    const plan = (key: string, written: boolean): AccountPlan => {
      return { key, vendor: key.replace('-writes', '') as AccountPlan['vendor'], written, tokenLife }
    }
    const plans = [...readAccounts.map((key) => plan(key, false)), ...writtenAccounts.map((key) => plan(key, true))]
    const accounts = await vendors.ask('open', plans)
    const parley = await startProcess({ accounts, ...configuration }, { ...options, onLine: () => undefined })
    const reads = await ReadBook.open(parley.url, vendors, readAccounts)
    const written = await Promise.all(writtenAccounts.map((key) => WrittenAccount.open(parley.url, vendors, key)))
    return new Load(parley, vendors, reads, written)
  }

  get results(): ReportedWrite[] {
    return this.#written.flatMap(({ results }) => results)
  }

  /** 70 % lists, 15 % single objects, 10 % of two accounts, 4 % mutations, 1 % uploads of 1 MiB. */
  readonly operate = async (due: number): Promise<void> => {
    const draw = Math.random()
    if (draw < 0.95)
      return this.read(draw < 0.7 ? (draw < 0.0035 ? 'walk' : 'list') : draw < 0.85 ? 'node' : 'two', due)
    const kind = draw < 0.99 ? 'mutation' : 'upload'
    const account = any(this.#written)
    await (kind === 'upload' ? account.upload() : account.any())
    this.writeTimes.push({ kind, due, ended: now() })
  }

  async read(kind: keyof Reads, due: number): Promise<void> {
    const read = this.pick(kind)
    const reply = await post(this.parley.url, read.body)
    this.done.push({ kind, read, due, ended: now(), verdict: judge(read, reply) })
  }

  /** Counts the vendor calls of each kind of write, by its name, while the vendors are healthy. */
  async callsOfWrites(): Promise<Map<string, number>> {
    const calls = new Map<string, number>()
    for (const account of this.#written) {
      for (const write of account.everyKind()) {
        const before = (await this.vendors.ask('seen'))[account.key]!.calls
        await write()
        const after = (await this.vendors.ask('seen'))[account.key]!.calls
        calls.set(account.results.at(-1)!.name, after - before)
      }
    }
    return calls
  }

  /** Lists the differences between the results that were reported and the effects at the vendors. */
  async discrepancies(): Promise<string[]> {
    const counts = new Map<string, number>()
    for (const [account, effects] of Object.entries(await this.vendors.ask('effects'))) {
      for (const effect of effects) {
        const key = `${account} ${effectName(effect)}`
        counts.set(key, (counts.get(key) ?? 0) + 1)
      }
    }
    return discrepancies(this.results, counts)
  }

  async close(): Promise<void> {
    await this.parley.dispose()
    await this.vendors.close()
  }

  readonly #groups = new Map<keyof Reads, { weight: number; reads: Read[] }[]>()

  /** Selects a read of the kind, by the weights of the accounts. */
  pick(kind: keyof Reads): Read {
    let groups = this.#groups.get(kind)
    if (!groups) {
      const byAccounts = Object.values(Object.groupBy(this.reads[kind], ({ accounts }) => accounts.toSorted().join()))
      groups = byAccounts.map((reads) => ({
        weight: Math.min(...reads![0]!.accounts.map((account) => weights[account]!)),
        reads: reads!,
      }))
      this.#groups.set(kind, groups)
    }
    let place = Math.random() * groups.reduce((sum, { weight }) => sum + weight, 0)
    return any((groups.find(({ weight }) => (place -= weight) < 0) ?? groups[0]!).reads)
  }
}

const any = <T>(all: readonly T[]): T => all[randomInt(all.length)]!
