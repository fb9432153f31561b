export const conferenceColumns = ['id', 'account.key', 'title', 'kind', 'state', 'joinUrl'] as const
