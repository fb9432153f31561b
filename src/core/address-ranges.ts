import { BlockList, isIP } from 'node:net'

/** Whether the text is an IP address or a CIDR range, without a zone. */
export function isAddressRange(text: string): boolean {
  const [, address = '', prefix = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
  const version = isIP(address)
  return version !== 0 && !address.includes('%') && Number(prefix) <= (version === 6 ? 128 : 32)
}

/**
 * Returns a function that tests whether an IP address is in one of the ranges.
 *
 * @param ranges IP addresses and CIDR ranges. Each must satisfy `isAddressRange`.
 */
export function createAddressFilter(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/')
    const family = getFamily(address)
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return (address) => list.check(address, getFamily(address))
}

const getFamily = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
