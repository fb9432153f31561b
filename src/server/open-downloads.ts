import type { Callers } from '../auth/callers.ts'
import type { DownloadLinks } from '../auth/download-links.ts'
import { Problem } from '../core/errors.ts'
import type { DownloadOptions } from '../http/download/download-endpoint.ts'
import { createDownloadObserver, type Telemetry } from '../telemetry/observers.ts'
import type { Account } from '../vendors/accounts.ts'

export interface OpenDownloadsOptions {
  /** Accounts in use. A reload changes the list in place. */
  accounts: readonly Account[]
  callers: Callers
  links: DownloadLinks
  observers: Telemetry
}

/** Creates the options of downloads: which links can be used, and how a vendor opens their recordings. */
export function openDownloads({ accounts, callers, links, observers }: OpenDownloadsOptions): DownloadOptions {
  const findAccount = (key: string): Account | undefined => accounts.find((account) => account.key === key)
  const observe = createDownloadObserver(observers)
  return {
    links,
    isAllowed: ({ caller, account }) =>
      findAccount(account) !== undefined && callers.canUse(caller, 'recordings', account),
    openRecording: async ({ caller, account, parentId, vendorId }, request, call) => {
      const { vendor } = findAccount(account)!
      if (!vendor.openRecording)
        throw new Problem('UNSUPPORTED_BY_VENDOR', 'The vendor of the account does not provide recordings.')
      const vendorCalls = callers.budgets.findVendorCalls(caller)
      return vendor.openRecording(parentId, vendorId, request, call.fork({ vendorCalls }))
    },
    onEnd: (end) => observe(findAccount(end.link.account)?.vendorName ?? 'none', end),
  }
}
