/**
 * @generated SignedSource<<f9838ccbe4976ce48c5200e281ba97d5>>
 * @relayHash d01d4866ec79042e281c30db5286e674
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID a54bc9980bdba2a6e22bfee7c6a9a67afbe2f6d805d435e6c046dc0d7857b58f

import type { ConcreteRequest } from 'relay-runtime';
export type ConferenceEventType = "CHANGED" | "CREATED" | "DELETED" | "ENDED" | "PARTICIPANT_JOINED" | "PARTICIPANT_LEFT" | "RECORDING_READY" | "STARTED";
export type ConferenceState = "ENDED" | "IDLE" | "RUNNING" | "SCHEDULED" | "UNKNOWN";
export type EventGapReason = "INTERRUPTED" | "NOT_KEPT" | "TOO_SLOW";
export type EventSourceStatus = "CONNECTING" | "INTERRUPTED" | "LIVE" | "UNSUPPORTED";
export type liveSubscription$variables = {
  after?: string | null | undefined;
};
export type liveSubscription$data = {
  readonly conferenceEvents: {
    readonly cursor: string;
    readonly event: {
      readonly conference: {
        readonly account: {
          readonly label: string;
        };
        readonly id: string;
        readonly state: ConferenceState;
        readonly title: string;
      } | null | undefined;
      readonly conferenceId: string;
      readonly type: ConferenceEventType;
    } | null | undefined;
    readonly gaps: ReadonlyArray<{
      readonly reason: EventGapReason;
    }>;
    readonly sources: ReadonlyArray<{
      readonly account: {
        readonly label: string;
      };
      readonly problem: {
        readonly message: string;
      } | null | undefined;
      readonly status: EventSourceStatus;
    }>;
  };
};
export type liveSubscription = {
  response: liveSubscription$data;
  variables: liveSubscription$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "after"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "after",
    "variableName": "after"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "cursor",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "type",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "conferenceId",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v6 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "title",
  "storageKey": null
},
v7 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v8 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "label",
  "storageKey": null
},
v9 = {
  "alias": null,
  "args": null,
  "concreteType": "Account",
  "kind": "LinkedField",
  "name": "account",
  "plural": false,
  "selections": [
    (v8/*:: as any*/)
  ],
  "storageKey": null
},
v10 = {
  "alias": null,
  "args": null,
  "concreteType": "EventGap",
  "kind": "LinkedField",
  "name": "gaps",
  "plural": true,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "reason",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v11 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "status",
  "storageKey": null
},
v12 = {
  "alias": null,
  "args": null,
  "concreteType": "Problem",
  "kind": "LinkedField",
  "name": "problem",
  "plural": false,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "message",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v13 = {
  "alias": null,
  "args": null,
  "concreteType": "Account",
  "kind": "LinkedField",
  "name": "account",
  "plural": false,
  "selections": [
    (v8/*:: as any*/),
    (v5/*:: as any*/)
  ],
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "liveSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "ConferenceEventMessage",
        "kind": "LinkedField",
        "name": "conferenceEvents",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "ConferenceEvent",
            "kind": "LinkedField",
            "name": "event",
            "plural": false,
            "selections": [
              (v3/*:: as any*/),
              (v4/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "Conference",
                "kind": "LinkedField",
                "name": "conference",
                "plural": false,
                "selections": [
                  (v5/*:: as any*/),
                  (v6/*:: as any*/),
                  (v7/*:: as any*/),
                  (v9/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          (v10/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "EventSource",
            "kind": "LinkedField",
            "name": "sources",
            "plural": true,
            "selections": [
              (v9/*:: as any*/),
              (v11/*:: as any*/),
              (v12/*:: as any*/)
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Subscription",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "liveSubscription",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "ConferenceEventMessage",
        "kind": "LinkedField",
        "name": "conferenceEvents",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "ConferenceEvent",
            "kind": "LinkedField",
            "name": "event",
            "plural": false,
            "selections": [
              (v3/*:: as any*/),
              (v4/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "Conference",
                "kind": "LinkedField",
                "name": "conference",
                "plural": false,
                "selections": [
                  (v5/*:: as any*/),
                  (v6/*:: as any*/),
                  (v7/*:: as any*/),
                  (v13/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          },
          (v10/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "EventSource",
            "kind": "LinkedField",
            "name": "sources",
            "plural": true,
            "selections": [
              (v13/*:: as any*/),
              (v11/*:: as any*/),
              (v12/*:: as any*/)
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "d01d4866ec79042e281c30db5286e674",
    "id": "a54bc9980bdba2a6e22bfee7c6a9a67afbe2f6d805d435e6c046dc0d7857b58f",
    "metadata": {},
    "name": "liveSubscription",
    "operationKind": "subscription",
    "text": "subscription liveSubscription(\n  $after: String\n) {\n  conferenceEvents(after: $after) {\n    cursor\n    event {\n      type\n      conferenceId\n      conference {\n        id\n        title\n        state\n        account {\n          label\n          id\n        }\n      }\n    }\n    gaps {\n      reason\n    }\n    sources {\n      account {\n        label\n        id\n      }\n      status\n      problem {\n        message\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "02a0505a6bf35d0e9b59259be99ba532";

export default node;
