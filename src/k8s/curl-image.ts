/** The image in which steps of ours make requests and send messages: curl and busybox. */
export const CURL_IMAGE = 'curlimages/curl:8.11.0';
