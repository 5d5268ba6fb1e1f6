import { App } from 'aws-cdk-lib';
import { productService } from './service';

const app = new App();
productService(app);
app.synth();
