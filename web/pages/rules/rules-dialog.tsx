/** The dialogs of Rules: a new rule, and the reason for saving although a test fails. */
import type { JSX } from 'preact';
import type { NewRule } from '../../../lib/config/edit/edit.ts';
import { lazily } from '../../ui/lazy.tsx';
import type { Look } from './look.ts';
import { ReasonDialog } from './reason-dialog.tsx';

const NewRuleDialog = lazily(async () => (await import('./form/new-rule-dialog.tsx')).NewRuleDialog);

export type OpenDialog = 'new' | 'reason' | null;

interface RulesDialogProps {
  readonly open: OpenDialog;
  readonly look: Look;
  readonly onClose: () => void;
  readonly onAdd: (rule: NewRule) => void;
  readonly onSave: (reason: string) => void;
}

export function RulesDialog({ open, look, onClose, onAdd, onSave }: RulesDialogProps): JSX.Element | null {
  switch (open) {
    case 'new':
      return <NewRuleDialog checked={look.checked} onClose={onClose} onAdd={onAdd} />;
    case 'reason':
      return (
        <ReasonDialog
          tests={look.preview?.tests.filter(({ passes }) => !passes) ?? []}
          onClose={onClose}
          onSave={onSave}
        />
      );
    case null:
      return null;
  }
}
