import type { NewConference } from '../../src/vendors/vendor-inputs.ts'

/** Returns the input of a conference that has only a title. */
export const newConference = (changes: Partial<NewConference> = {}): NewConference => ({
  title: 'Launch 🚀',
  description: null,
  owner: null,
  mode: null,
  schedule: null,
  invite: [],
  maxParticipants: null,
  allowGuests: null,
  autoInvite: null,
  passcode: null,
  tags: null,
  vendorOptions: null,
  clientAssignedId: 'k3j2h1g0f9d8s7a6p5o4',
  ...changes,
})
