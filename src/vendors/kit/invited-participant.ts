import type { Participant } from '../vendor-objects.ts'
import { removeCredentials } from './credentials.ts'

type InvitedParticipant = Pick<Participant, 'vendorId' | 'conferenceId' | 'raw'> & Partial<Participant>

/**
 * Creates the participant for a sent invitation. Fields that `details` omits are null, except `role` (`ATTENDEE`) and
 * `status` (`INVITED`).
 *
 * @param details `raw` can contain credentials. They are removed when it is read.
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
