import { test } from 'vitest'
import { vendorList } from '../paging/vendor-list.ts'
import { connect } from '../../src/paging/connection.ts'
import { createCursorCodec } from '../../src/paging/cursor.ts'
import { newCall } from '../support/account.ts'
test('x', async () => {
  const items = Array.from({length:140},(_, i)=>({id:'u'+i}))
  const v = vendorList({kind:'numbered',counted:false,fixedSize:3,previous:false,hasLast:false,linksDie:false,maxSize:200}, () => items)
  const log: unknown[] = []
  const list = {...v.list, page: async (r: any, c: any) => { const p = await v.list.page(r, c); log.push(JSON.stringify(r)+ '→' + p.items.map((i: any)=>i.id)+ ' '+p.next); return p } }
  const codec = createCursorCodec('x')
  const account = { key: 'a', lengths: new Map() } as any
  let after: string|null = null
  for (let n = 0; n < 9; n++) {
    const c: any = await connect({list:'l', sources:[{account, listing: list as any}], args:{first:20, after}, keep:()=>true, unfiltered:true, call:newCall(), codec, scanCalls:30, pageSize:20}).catch(e => e)
    if (c instanceof Error) { console.log(n, c); break }
    console.log(n, c.edges.map((e: any)=>e.node.id).join(' '), c.pageInfo.hasNextPage, c.sources[0].status, c.sources[0].problem?.code, v.calls)
    if (n >= 3) console.log(log.join('\n'))
    log.length = 0
    after = c.pageInfo.endCursor
  }
})
