import type { Participant } from '../vendor.ts'
import { removeCredentials } from './credentials.ts'

type InvitedParticipant = Pick<Participant, 'vendorId' | 'conferenceId' | 'raw'> & Partial<Participant>

/**
 * Returns the participant that an invitation created. Fields that are not in `details` are null; the role is ATTENDEE and the
 * status INVITED unless `details` has others.
 *
 * @param details `raw` is the vendor's object with its credentials; they are removed when it is read.
 */
export function createInvitedParticipant({ raw, ...details }: InvitedParticipant): Participant {
  return {
    userId: null,
    displayName: null,
    email: null,
    role: 'ATTENDEE',
    status: 'INVITED',
    joinedAt: null,
    leftAt: null,
    joinUrl: null,
    ...details,
    get raw() {
      return removeCredentials(raw)
    },
  }
}
