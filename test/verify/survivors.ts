/** Places of the output whose change no verdict shows, and why none should. */
export const survivors: readonly { readonly place: RegExp; readonly why: string }[] = [
  {
    place: /spec\.(?:startingDeadlineSeconds|successfulJobsHistoryLimit|failedJobsHistoryLimit)$/,
    why: 'how late a missed start may be and how many finished runs are kept: policies, of which Digdag has none',
  },
  {
    place: /\.steps\[\d+\]\[\d+\]\.name$/,
    why: 'the name of a step that no expression and no hook refers to is what people see; it starts nothing',
  },
  {
    place: /^templates\/slack-notify\.yaml spec\.templates\[0\]\.script\.image$/,
    why: 'messages were sent by the worker; the image that sends them now has no legacy counterpart',
  },
  {
    place: /^templates\/components\/[^/]+\/(?:base|overlays\/[^/]+)\/pods\.yaml (?:apiVersion|kind|metadata\.name)$/,
    why: 'a patch must say what it is, but its target alone says which objects are meant: the real kustomize asks no more',
  },
  {
    place: /^templates\/slack-notify\.yaml spec\.templates\[0\]\.script\.source$/,
    why: 'titles and layout of the attachment, which no legacy message had; channel, text and what each field says are compared',
  },
  {
    place: /^templates\/slack-notify\.yaml spec\.templates\[0\]\.inputs\.parameters\[\d+\]\.default$/,
    why: 'job, session and failures are only read where a session is given, and then so are they',
  },
  {
    place: /\.retryStrategy\.backoff\.(?:duration|factor|cap)$/,
    why: 'the time between attempts is no part of any verdict, as each report says',
  },
];
