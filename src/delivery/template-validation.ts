import { CloudFormationValidatePlugin, IPolicyValidationContext, IPolicyValidationPlugin, PolicyValidationPluginReport, Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { StackSetTemplate } from './stack-set-template';

/** Apps that have it. */
const APPS = new WeakSet<IConstruct>();

/** CloudFormation's validation, as CDK runs it on stacks, on the templates of stack sets too: these are no stacks of the assembly. It has the same name, so it is acknowledged alike. */
export class TemplateValidation implements IPolicyValidationPlugin {
  /** Once an app. */
  public static addTo(construct: IConstruct): void {
    const { root } = construct.node;
    if (APPS.has(root)) return;
    APPS.add(root);
    Validations.of(root).addPlugins(new TemplateValidation());
  }

  public readonly name = CloudFormationValidatePlugin.PLUGIN_NAME;

  public validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const engine = engineOf();
    const templates = context.appConstruct?.node.findAll().filter((one): one is StackSetTemplate => one instanceof StackSetTemplate && one.writtenTo !== undefined) ?? [];
    if (!engine || templates.length === 0) return { success: true, violations: [] };
    return engine.validate({
      ...context,
      templatePaths: templates.map(({ writtenTo }) => writtenTo!),
      stackTemplates: templates.map(({ node, writtenTo }) => ({ stackConstructPath: node.path, templatePath: writtenTo!, accountId: undefined, region: undefined })),
    });
  }
}

/** CDK's own engine, which takes seconds and 300 MB to make; undefined where CDK's validation is switched off. CDK keeps it to itself. */
function engineOf(): CloudFormationValidatePlugin | undefined {
  return (CloudFormationValidatePlugin as unknown as { readonly _instance?: CloudFormationValidatePlugin })._instance;
}
