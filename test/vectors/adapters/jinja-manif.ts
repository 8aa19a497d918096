export { jinjaAdapter as adapter } from '../jinja-case.ts';
