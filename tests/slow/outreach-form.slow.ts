// The same plays as in `npm test`, more of them a day.
import "#tests/api/outreach-form.api.test.ts";
