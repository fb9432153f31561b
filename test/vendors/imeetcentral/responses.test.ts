import { expect, test } from 'vitest'
import { newConference } from '../new-conference.ts'
import { open } from './open.ts'

test.each(['text/html; charset=UTF-8', 'application/octet-stream', 'application/json'])(
  'reads a bare ID from a response of type %s',
  async (type) => {
    const { sandbox, vendor, call } = await open()
    const headers = { 'content-type': type }
    const response = { kind: 'body', status: 201, headers, body: 'WzIsMTAxXQ\n' } as const
    sandbox.fault({ match: { method: 'POST', path: /workspaces$/ }, ...response, times: 1 })
    const { conference } = await vendor.createConference(newConference(), call())
    expect(conference.vendorId).toBe('WzIsMTAxXQ')
  },
)

test.each([
  ['text/html', '<!doctype html><p>log in'],
  ['text/plain', '\n<html>log in'],
  ['text/html', 'Your session has ended'],
])('rejects a page (%s) in place of an ID or an empty body: %j', async (type, body) => {
  const { sandbox, vendor, call } = await open()
  const headers = { 'content-type': type }
  sandbox.fault({ match: { method: 'POST', path: /workspace/ }, kind: 'body', status: 200, headers, body })
  const lost = { code: 'VENDOR_BAD_RESPONSE', delivery: 'unknown' }
  await expect(vendor.createConference(newConference(), call())).rejects.toMatchObject(lost)
  await expect(vendor.updateConference('WzIsMTAwXQ', { title: 'x' }, call())).rejects.toMatchObject(lost)
})

test.each([
  '{"error":"invalid","error_description":"workspaceName is too long"}',
  '{"errors":[{"field":"workspaceName","message":"workspaceName is too long"},{"message":"another"}]}',
  '{"error":{"code":7,"message":"workspaceName is too long"}}',
  '["workspaceName is too long"]',
  ' workspaceName is too long\n',
])('maps the field in the vendor message to an input: %s', async (body) => {
  const { sandbox, vendor, call } = await open()
  sandbox.fault({ match: { method: 'POST', path: /updateDetails/ }, kind: 'status', status: 422, body })
  await expect(vendor.updateConference('WzIsMTAwXQ', { title: 'x' }, call())).rejects.toMatchObject({
    code: 'VENDOR_REJECTED',
    path: ['input', 'title'],
    vendorMessage: 'workspaceName is too long',
  })
})
